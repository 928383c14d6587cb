import { Button, Loader, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconQuestionMark } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDirectory } from '@/shared/api/directory';
import { useSession } from '@/shared/api/session';
import { Face } from '@/shared/ui/Face';
import { Moment } from '@/shared/ui/Moment';
import { useActions } from './useActions';
import type { Action } from './timeline';
import classes from './Timeline.module.css';

interface Props {
  action: Action;
  profile: string;
}

/** Something that is on its way to the network, with where it truly is. */
export function ActionBubble({ action, profile }: Props) {
  const { t } = useTranslation('conversation');
  const { nameOf } = useDirectory();
  const by = action.requested_by;
  const name = by ? (nameOf(by) ?? t('timeline.somebody')) : t('timeline.parley');
  return (
    <div className={classes.bubble} data-own="true">
      <Face name={name} seed={by ?? 'parley'} size={30} />
      <div className={classes.body}>
        <div className={classes.text}>{action.text || t(`action.${action.kind}`)}</div>
        <div className={classes.facts}>
          <span>{name}</span>
          <Moment at={action.requested_at} />
          {action.text && <span>{t(`action.${action.kind}`)}</span>}
          <span className={classes.state} role="status">
            <StateSign state={action.state} />
            {t('action.account', { state: t(`action.state.${action.state}`), profile })}
          </span>
        </div>
        <WhatNow action={action} />
      </div>
    </div>
  );
}

function StateSign({ state }: { state: Action['state'] }) {
  if (state === 'sent') return <IconCheck size={14} aria-hidden />;
  if (state === 'failed') return <IconAlertTriangle size={14} aria-hidden />;
  if (state === 'unknown') return <IconQuestionMark size={14} aria-hidden />;
  return <Loader size={11} color="currentColor" aria-hidden />;
}

/** What can be pressed, by the state that the action is in. */
function WhatNow({ action }: { action: Action }) {
  const { t } = useTranslation('conversation');
  const { may } = useSession();
  const { cancel, retry, decide } = useActions(action.conversation_id);
  if (!may('inbox', 'edit') || action.version === 0) return null;
  const { id, state, error_detail: detail } = action;
  if (state === 'pending') {
    return (
      <Button size="compact-xs" variant="subtle" onClick={() => cancel.mutate(id)}>
        {t('action.takeBack')}
      </Button>
    );
  }
  if (state === 'failed') {
    return (
      <div className={classes.problem} role="alert">
        {detail && <Text size="xs">{detail}</Text>}
        <Button size="compact-xs" loading={retry.isPending} onClick={() => retry.mutate(id)}>
          {t('action.retry')}
        </Button>
      </div>
    );
  }
  if (state !== 'unknown') return null;
  const choices = [
    { decision: 'sent', label: t('action.arrived') },
    { decision: 'send_again', label: t('action.sendAgain') },
    { decision: 'give_up', label: t('action.giveUp') },
  ] as const;
  return (
    <div className={classes.problem} role="alert">
      <Text size="xs">{t('action.unknownText')}</Text>
      {choices.map(({ decision, label }) => (
        <Button
          key={decision}
          size="compact-xs"
          variant="default"
          onClick={() => decide.mutate({ id, decision })}
        >
          {label}
        </Button>
      ))}
    </div>
  );
}
