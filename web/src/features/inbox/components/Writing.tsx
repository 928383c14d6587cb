import { SegmentedControl, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommands } from '@/shared/lib/commands';
import { useDraft, type Mode } from '../draft';
import { reasonOf } from '../reason';
import { chosenMode, modesOf } from '../modes';
import type { Conversation } from '../search';
import { AnswerForm } from './AnswerForm';
import { FIELD_ID } from './fieldId';
import { NoteForm } from './NoteForm';
import classes from './Writing.module.css';

interface Props {
  conversation: Conversation;
  profile: string;
  noteTyping: () => void;
}

/** Where an answer or a note is written; what the network allows decides which. */
export function Writing({ conversation, profile, noteTyping }: Props) {
  const { t } = useTranslation('inbox');
  const [draft, setDraft] = useDraft(conversation.id);
  const modes = modesOf(conversation.replies);
  const chosen = chosenMode(modes, draft.mode);
  const { mode } = chosen;
  const turnTo = (next: Mode) => {
    setDraft({ ...draft, mode: next });
    setTimeout(() => document.getElementById(FIELD_ID)?.focus());
  };
  const answer = mode === 'note' ? chosenMode(modes, undefined).mode : mode;
  const section = t('keys.section');
  useCommands([
    { id: 'inbox.reply', label: t('keys.reply'), section, keys: 'r', run: () => turnTo(answer) },
    { id: 'inbox.note', label: t('keys.note'), section, keys: 'n', run: () => turnTo('note') },
  ]);
  const field = {
    text: draft.text,
    write: (text: string) => {
      setDraft({ mode, text });
      noteTyping();
    },
    done: () => setDraft({ text: '' }),
  };
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
        <NoteForm conversationId={conversation.id} {...field} />
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
