import { ActionIcon, Button, Group, Menu, Stack } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/shared/api/problem';
import { useSession } from '@/shared/api/session';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { NoteBubble } from './NoteBubble';
import type { Note } from './timeline';
import { useNote } from './useNote';
import { WritingField } from './WritingField';

/** A note on the conversation; its author may mend it and take it away. */
export function ConversationNote({ note }: { note: Note }) {
  const { id: me, may } = useSession();
  const [form, setForm] = useState<'open' | 'closed'>();
  const mine = note.author_id === me || may('inbox', 'administer');
  const edit = () => setForm('open');
  const close = () => setForm('closed');
  return (
    <NoteBubble
      note={note}
      editor={form === 'open' ? <NoteEditor note={note} close={close} /> : undefined}
      tools={
        may('inbox', 'edit') &&
        mine &&
        form !== 'open' && <NoteMenu note={note} edit={edit} focused={form === 'closed'} />
      }
    />
  );
}

interface MenuProps {
  note: Note;
  edit: () => void;
  /** Where the focus comes back to from the editor. */
  focused: boolean;
}

function NoteMenu({ note, edit, focused }: MenuProps) {
  const { t } = useTranslation('conversation');
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (focused) button.current?.focus();
  }, [focused]);
  const { remove } = useNote(note);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          ref={button}
          size="sm"
          aria-label={t('note.more')}
          style={{ alignSelf: 'flex-start' }}
        >
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
  const save = () => {
    if (text.trim() && !rewrite.isPending) rewrite.mutate(text.trim(), { onSuccess: close });
  };
  return (
    <Stack gap={6}>
      {rewrite.error && <ProblemNote problem={problemOf(rewrite.error)} />}
      <WritingField
        label={t('note.edit')}
        text={text}
        write={setText}
        submit={save}
        leave={close}
        focused
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
