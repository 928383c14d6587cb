import { TagsInput, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDirectory } from '@/shared/api/directory';
import { useSession } from '@/shared/api/session';
import { useCommands } from '@/shared/lib/commands';
import { PRIORITIES, type Priority } from '@/shared/lib/priorities';
import { Moment } from '@/shared/ui/Moment';
import { Picker } from '@/shared/ui/Picker';
import { PrioritySign } from '@/shared/ui/PrioritySign';
import type { Change } from '../changes';
import type { Ticket } from '../search';
import classes from './Details.module.css';
import { useConversation } from '../useConversation';
import { Watchers } from './Watchers';

interface Props {
  ticket: Ticket;
  change: (change: Change) => void;
}

/** The fields of a ticket that have no place in its head. */
export function Properties({ ticket, change }: Props) {
  const { t } = useTranslation('ticketing');
  const { nameOf } = useDirectory();
  const { conversation } = useConversation(ticket);
  return (
    <dl className={classes.property}>
      <dt>{t('details.priority')}</dt>
      <dd>
        <PriorityPicker ticket={ticket} change={change} />
      </dd>
      <dt>{t('details.tags')}</dt>
      <dd>
        <Tags ticket={ticket} change={change} />
      </dd>
      <dt>{t('details.watchers')}</dt>
      <dd>
        <Watchers ticket={ticket} />
      </dd>
      {conversation.data && (
        <>
          <dt>{t('details.conversation')}</dt>
          <dd>
            <Link
              to="/inbox/$conversationId"
              params={{ conversationId: ticket.conversation_id }}
              className={classes.link}
            >
              {t('details.inInbox')}
            </Link>
          </dd>
        </>
      )}
      <dt>{t('details.opened')}</dt>
      <dd>
        <Text size="sm">
          {nameOf(ticket.opened_by) ?? t('history.somebody')}, <Moment at={ticket.opened_at} />
        </Text>
      </dd>
    </dl>
  );
}

function PriorityPicker({ ticket, change }: Props) {
  const { t } = useTranslation(['ticketing', 'common']);
  const { may } = useSession();
  const choices = PRIORITIES.map((priority) => ({
    value: priority,
    label: t(`common:priority.${priority}`),
    icon: <PrioritySign priority={priority} />,
    chosen: priority === ticket.priority,
  }));
  return (
    <Picker
      label={t(`common:priority.${ticket.priority}`)}
      icon={<PrioritySign priority={ticket.priority} />}
      groups={[{ choices }]}
      pick={(priority) => change({ kind: 'priority', priority: priority as Priority })}
      disabled={!may('tickets', 'edit')}
      command={{ label: t('keys.priority'), section: t('keys.section'), keys: 'p' }}
    />
  );
}

const TAGS_ID = 'ticket-tags';

function Tags({ ticket, change }: Props) {
  const { t } = useTranslation('ticketing');
  const { may } = useSession();
  const allowed = may('tickets', 'edit');
  const label = t('keys.tag');
  const run = () => document.getElementById(TAGS_ID)?.focus();
  useCommands(
    allowed ? [{ id: 'tickets.tag', label, section: t('keys.section'), keys: 't', run }] : [],
  );
  const retag = (words: string[]) => {
    const wanted = words.map((word) => word.trim().toLowerCase()).filter(Boolean);
    const add = wanted.filter((word) => !ticket.tags.includes(word));
    const remove = ticket.tags.filter((word) => !wanted.includes(word));
    if (add.length + remove.length > 0) change({ kind: 'tag', add, remove });
  };
  return (
    <TagsInput
      id={TAGS_ID}
      size="xs"
      aria-label={t('details.tags')}
      placeholder={ticket.tags.length > 0 ? '' : t('details.addTag')}
      maxLength={50}
      value={ticket.tags}
      onChange={retag}
      disabled={!allowed}
    />
  );
}
