import { ActionIcon, Button, Group, Text } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowLeft,
  IconCheck,
  IconInfoSquareRounded,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { useCommands } from '@/shared/lib/commands';
import { AssignPicker } from '@/shared/ui/AssignPicker';
import { NetworkBadge } from '@/shared/ui/NetworkBadge';
import type { Change } from '../changes';
import type { State, Ticket, TicketSearch } from '../search';
import { StateBadge } from './StateBadge';
import { StatePicker } from './StatePicker';
import { Subject } from './Subject';
import classes from './TicketHead.module.css';

interface Props {
  ticket: Ticket;
  search: TicketSearch;
  /** Whom it is about and where that was written. */
  about: string;
  change: (change: Change) => void;
  details: boolean;
  toggleDetails: () => void;
}

export function TicketHead({ ticket, search, about, change, details, toggleDetails }: Props) {
  const { t } = useTranslation('ticketing');
  const { may } = useSession();
  return (
    <header className={classes.head}>
      <Group gap="sm" wrap="nowrap" className={classes.what}>
        <ActionIcon
          className={classes.back}
          renderRoot={(props) => <Link to="/tickets" search={search} {...props} />}
          aria-label={t('do.backToList')}
        >
          <IconArrowLeft size={20} aria-hidden />
        </ActionIcon>
        <div className={classes.names}>
          <Subject
            subject={ticket.subject}
            rename={(subject) => change({ kind: 'subject', subject })}
          />
          <Group gap={6} wrap="nowrap">
            <NetworkBadge network={ticket.network} />
            <Text size="xs" c="dimmed" truncate>
              {about}
            </Text>
          </Group>
        </div>
      </Group>
      {may('tickets', 'edit') ? (
        <Tools ticket={ticket} change={change} />
      ) : (
        <StateBadge state={ticket.state} />
      )}
      <ActionIcon
        aria-label={t('details.label')}
        title={t('details.label')}
        aria-pressed={details}
        variant={details ? 'light' : 'subtle'}
        size={30}
        onClick={toggleDetails}
      >
        <IconInfoSquareRounded size={19} aria-hidden />
      </ActionIcon>
    </header>
  );
}

function Tools({ ticket, change }: Pick<Props, 'ticket' | 'change'>) {
  const { t } = useTranslation('ticketing');
  const { id: me, has } = useSession();
  const section = t('keys.section');
  const finished = ticket.state === 'resolved' || ticket.state === 'closed';
  const move = (state: State) => {
    if (state === 'closed' && !window.confirm(t('do.confirmClose'))) return;
    change({ kind: 'state', state });
  };
  const settle = () => move(finished ? 'open' : 'resolved');
  const take = () => change({ kind: 'assign', assignee_id: me, team_id: ticket.team_id });
  const final = ticket.state === 'closed';
  useCommands([
    ...(final
      ? []
      : [{ id: 'tickets.settle', label: t('keys.settle'), section, keys: 'e', run: settle }]),
    ...(has('assign')
      ? [{ id: 'tickets.take', label: t('keys.take'), section, keys: 'm', run: take }]
      : []),
    {
      id: 'tickets.tag',
      label: t('keys.tag'),
      section,
      keys: 't',
      run: () => document.getElementById('ticket-tags')?.focus(),
    },
  ]);
  return (
    <Group gap={6} className={classes.tools}>
      <AssignPicker
        holder={ticket.assignee_id}
        team={ticket.team_id}
        assign={(assignee_id, team_id) => change({ kind: 'assign', assignee_id, team_id })}
        keys={{ section, keys: 'a' }}
      />
      <StatePicker ticket={ticket} move={move} />
      {!final && (
        <Button
          size="xs"
          variant={finished ? 'default' : 'filled'}
          leftSection={
            finished ? (
              <IconArrowBackUp size={16} aria-hidden />
            ) : (
              <IconCheck size={16} aria-hidden />
            )
          }
          onClick={settle}
        >
          {finished ? t('do.reopen') : t('do.resolve')}
        </Button>
      )}
    </Group>
  );
}
