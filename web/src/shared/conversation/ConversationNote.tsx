import { ActionIcon, Button, Group, Menu, Stack, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/shared/api/problem';
import { useSession } from '@/shared/api/session';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { NoteBubble } from './NoteBubble';
import type { Note } from './timeline';
import { useNote } from './useNote';

/** A note on the conversation; its author may mend it and take it away. */
export function ConversationNote({ note }: { note: Note }) {
  const { id: me, may } = useSession();
  const [editing, form] = useDisclosure(false);
  const mine = note.author_id === me || may('inbox', 'administer');
  return (
    <NoteBubble
      note={note}
      editor={editing ? <NoteEditor note={note} close={form.close} /> : undefined}
      tools={may('inbox', 'edit') && mine && !editing && <NoteMenu note={note} edit={form.open} />}
    />
  );
}

function NoteMenu({ note, edit }: { note: Note; edit: () => void }) {
  const { t } = useTranslation('conversation');
  const { remove } = useNote(note);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="sm" aria-label={t('note.more')} style={{ alignSelf: 'flex-start' }}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={edit}>{t('note.edit')}</Menu.Item>
        <Menu.Item color="red" onClick={() => window.confirm(t('note.certain')) && remove.mutate()}>
          {t('note.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function NoteEditor({ note, close }: { note: Note; close: () => void }) {
  const { t } = useTranslation(['conversation', 'common']);
  const [text, setText] = useState(note.body);
  const { rewrite } = useNote(note);
  const save = () => rewrite.mutate(text.trim(), { onSuccess: close });
  return (
    <Stack gap={6}>
      {rewrite.error && <ProblemNote problem={problemOf(rewrite.error)} />}
      <Textarea
        aria-label={t('note.edit')}
        autosize
        maxRows={10}
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
          if (event.key === 'Escape') close();
        }}
      />
      <Group justify="flex-end" gap={6}>
        <Button size="compact-xs" variant="default" onClick={close}>
          {t('common:cancel')}
        </Button>
        <Button
          size="compact-xs"
          loading={rewrite.isPending}
          disabled={!text.trim()}
          onClick={save}
        >
          {t('common:save')}
        </Button>
      </Group>
    </Stack>
  );
}
