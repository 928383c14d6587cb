import { Alert, Button, Group, Text } from '@mantine/core';
import { IconSend2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { hasCode, problemOf } from '@/shared/api/problem';
import { currentLanguage } from '@/shared/lib/i18n';
import { duration } from '@/shared/lib/time';
import { useNow } from '@/shared/lib/useNow';
import { Keys } from '@/shared/ui/Keys';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { roomLeft } from './limits';
import type { ReplyOption } from './modes';
import type { Conversation } from './types';
import { useReply } from './useReply';
import { FIELD_ID } from './fieldId';
import { WritingField } from './WritingField';
import classes from './Writing.module.css';

interface Props {
  conversation: Conversation;
  option: ReplyOption;
  visibility: 'public' | 'private';
  profile: string;
  text: string;
  write: (text: string) => void;
  done: () => void;
  restore: (text: string) => void;
}

export function AnswerForm(props: Props) {
  const { conversation, option, visibility, profile, text, write, done, restore } = props;
  const { t } = useTranslation('conversation');
  const reply = useReply(conversation);
  const left = roomLeft(option.limits, text);
  const empty = text.trim() === '';
  const fits = left === null || left >= 0;
  const possible = !empty && fits && !reply.isPending;
  const send = (force = false) => {
    if (!possible) return;
    done();
    reply.mutate({ text: text.trim(), visibility, force }, { onError: () => restore(text) });
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {reply.error && <Refusal error={reply.error} profile={profile} anyway={() => send(true)} />}
      <WritingField
        id={FIELD_ID}
        label={t('reply.as', { profile })}
        placeholder={t('reply.placeholder', { name: conversation.contact.name })}
        minRows={2}
        text={text}
        write={write}
        submit={send}
      />
      <Group justify="space-between" gap="xs">
        <Group gap="md">
          <Left left={left} />
          <Closing at={option.closes_at ?? null} />
        </Group>
        <Button
          type="submit"
          size="xs"
          disabled={!possible}
          leftSection={<IconSend2 size={16} aria-hidden />}
          rightSection={<Keys keys="mod+Enter" />}
        >
          {t('reply.send')}
        </Button>
      </Group>
    </form>
  );
}

const NEAR = 50;

function Left({ left }: { left: number | null }) {
  const { t } = useTranslation('conversation');
  if (left === null) return null;
  const state = left < 0 ? 'over' : left < NEAR ? 'near' : 'fine';
  return (
    <Text
      size="xs"
      className={classes.left}
      data-state={state}
      aria-live={left < NEAR ? 'polite' : 'off'}
    >
      {left < 0 ? t('reply.over', { count: -left }) : t('reply.left', { count: left })}
    </Text>
  );
}

function Closing({ at }: { at: string | null }) {
  const { t } = useTranslation('conversation');
  const now = useNow();
  if (!at) return null;
  const time = duration(Date.parse(at) - now.getTime(), currentLanguage());
  return (
    <Text size="xs" c="dimmed">
      {t('reply.closes', { time })}
    </Text>
  );
}

interface RefusalProps {
  error: Error;
  profile: string;
  anyway: () => void;
}

/** Why it was not sent; what happened meanwhile can be overruled after it was read. */
function Refusal({ error, profile, anyway }: RefusalProps) {
  const { t } = useTranslation('conversation');
  const meanwhile = hasCode(error, 'inbox.answered_meanwhile');
  const taken = hasCode(error, 'inbox.conversation_changed');
  if (!meanwhile && !taken) return <ProblemNote problem={problemOf(error)} account={profile} />;
  return (
    <Alert role="alert" color="clay" title={t(meanwhile ? 'reply.meanwhile' : 'reply.taken')}>
      <Group justify="space-between">
        <Text size="sm">{t(meanwhile ? 'reply.meanwhileText' : 'reply.takenText')}</Text>
        <Button size="compact-sm" variant="default" onClick={anyway}>
          {t('reply.anyway')}
        </Button>
      </Group>
    </Alert>
  );
}
