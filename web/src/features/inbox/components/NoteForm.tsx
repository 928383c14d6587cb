import { Button, Group, Menu, Textarea } from '@mantine/core';
import { IconAt, IconNote } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { useDirectory } from '@/shared/api/directory';
import { problemOf } from '@/shared/api/problem';
import { Face } from '@/shared/ui/Face';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { mentionedIn } from '../mentions';
import { timelineQuery } from '../queries';
import { FIELD_ID } from './fieldId';
import classes from './Writing.module.css';

interface Props {
  conversationId: string;
  text: string;
  write: (text: string) => void;
  done: () => void;
}

export function NoteForm({ conversationId, text, write, done }: Props) {
  const { t } = useTranslation('inbox');
  const client = useQueryClient();
  const { people } = useDirectory();
  const add = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/api/v1/inbox/conversations/{conversation_id}/notes', {
          params: { path: { conversation_id: conversationId } },
          body: { body: text.trim(), mentions: mentionedIn(text, people) },
        }),
      ),
    onSuccess: async () => {
      done();
      await client.invalidateQueries({ queryKey: timelineQuery(conversationId).queryKey });
    },
  });
  const save = () => {
    if (text.trim() && !add.isPending) add.mutate();
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {add.error && <ProblemNote problem={problemOf(add.error)} />}
      <Textarea
        id={FIELD_ID}
        aria-label={t('reply.note')}
        placeholder={t('reply.notePlaceholder')}
        autosize
        minRows={2}
        maxRows={10}
        value={text}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <Group justify="space-between">
        <MentionMenu pick={(name) => write(`${text}${/\s$|^$/.test(text) ? '' : ' '}@${name} `)} />
        <Button
          type="submit"
          size="xs"
          color="clay"
          loading={add.isPending}
          disabled={!text.trim()}
          leftSection={<IconNote size={16} aria-hidden />}
        >
          {t('reply.addNote')}
        </Button>
      </Group>
    </form>
  );
}

function MentionMenu({ pick }: { pick: (name: string) => void }) {
  const { t } = useTranslation('inbox');
  const { people } = useDirectory();
  return (
    <Menu position="top-start" returnFocus={false}>
      <Menu.Target>
        <Button size="xs" variant="subtle" leftSection={<IconAt size={16} aria-hidden />}>
          {t('reply.mentions')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={280} style={{ overflowY: 'auto' }}>
        {people.map(({ id, name }) => (
          <Menu.Item
            key={id}
            leftSection={<Face name={name} seed={id} size={22} />}
            onClick={() => {
              pick(name);
              setTimeout(() => document.getElementById(FIELD_ID)?.focus());
            }}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
