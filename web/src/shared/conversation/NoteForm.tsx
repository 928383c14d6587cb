import { Button, Group, Menu } from '@mantine/core';
import { IconAt, IconNote } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDirectory } from '@/shared/api/directory';
import { problemOf } from '@/shared/api/problem';
import { Face } from '@/shared/ui/Face';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { mentionedIn } from './mentions';
import { FIELD_ID } from './fieldId';
import { WritingField } from './WritingField';
import classes from './Writing.module.css';

/** Stores a note; whose ids are given is told of it. */
export type AddNote = (body: string, mentions: string[]) => Promise<unknown>;

interface Props {
  add: AddNote;
  text: string;
  write: (text: string) => void;
  done: () => void;
}

export function NoteForm({ add, text, write, done }: Props) {
  const { t } = useTranslation('conversation');
  const { people } = useDirectory();
  const adding = useMutation({
    mutationFn: () => add(text.trim(), mentionedIn(text, people)),
    onSuccess: done,
  });
  const save = () => {
    if (text.trim() && !adding.isPending) adding.mutate();
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {adding.error && <ProblemNote problem={problemOf(adding.error)} />}
      <WritingField
        id={FIELD_ID}
        label={t('reply.note')}
        placeholder={t('reply.notePlaceholder')}
        minRows={2}
        text={text}
        write={write}
        submit={save}
      />
      <Group justify="space-between">
        <MentionMenu pick={(name) => write(`${text}${/\s$|^$/.test(text) ? '' : ' '}@${name} `)} />
        <Button
          type="submit"
          size="xs"
          color="clay"
          loading={adding.isPending}
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
  const { t } = useTranslation('conversation');
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
