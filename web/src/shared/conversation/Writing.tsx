import { SegmentedControl, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { useCommands, type Command } from '@/shared/lib/commands';
import { useDraft, type Mode } from './draft';
import { reasonOf } from './reason';
import { chosenMode, modesOf } from './modes';
import type { Conversation } from './types';
import { AnswerForm } from './AnswerForm';
import { FIELD_ID } from './fieldId';
import { NoteForm, type AddNote } from './NoteForm';
import classes from './Writing.module.css';

interface Props {
  conversation: Conversation;
  profile: string;
  draftKey: string;
  noteTyping: () => void;
  /** Undefined for who may not write any. */
  addNote: AddNote | undefined;
}

/** Where an answer or a note is written; what the network allows decides which. */
export function Writing({ conversation, profile, draftKey, noteTyping, addNote }: Props) {
  const { t } = useTranslation('conversation');
  const [draft, setDraft] = useDraft(draftKey);
  const { may } = useSession();
  const answers = may('inbox', 'edit') ? conversation.replies : [];
  const modes = modesOf(answers).filter(({ mode }) => mode !== 'note' || addNote);
  const chosen = chosenMode(modes, draft.mode);
  const { mode } = chosen;
  const turnTo = (next: Mode) => {
    setDraft({ ...draft, mode: next });
    setTimeout(() => document.getElementById(FIELD_ID)?.focus());
  };
  const answer = mode === 'note' ? chosenMode(modes, undefined).mode : mode;
  const section = t('keys.section');
  const commands: Command[] = [
    {
      id: 'conversation.reply',
      label: t('keys.reply'),
      section,
      keys: 'r',
      run: () => turnTo(answer),
    },
    {
      id: 'conversation.note',
      label: t('keys.note'),
      section,
      keys: 'n',
      run: () => turnTo('note'),
    },
  ];
  useCommands(commands.slice(answers.length > 0 ? 0 : 1, addNote ? 2 : 1));
  const field = {
    text: draft.text,
    write: (text: string) => {
      setDraft({ mode, text });
      noteTyping();
    },
    done: () => setDraft({ text: '' }),
  };
  if (modes.length === 0) return null;
  return (
    <section className={classes.box} aria-label={t('reply.label')} data-note={mode === 'note'}>
      <SegmentedControl
        size="xs"
        aria-label={t('reply.label')}
        value={mode}
        data={modes.map(({ mode: value, label }) => ({ value, label: t(`reply.${label}`) }))}
        onChange={turnTo}
      />
      {chosen.mode === 'note' ? (
        addNote && <NoteForm add={addNote} {...field} />
      ) : chosen.option.allowed ? (
        <AnswerForm
          conversation={conversation}
          option={chosen.option}
          visibility={chosen.mode}
          profile={profile}
          {...field}
          restore={(text) => setDraft({ mode, text })}
        />
      ) : (
        <Text size="sm" className={classes.refused}>
          {reasonOf(t, chosen.option)}
        </Text>
      )}
    </section>
  );
}
