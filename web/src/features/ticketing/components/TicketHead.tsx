import { ActionIcon, Button, Group } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconInfoSquareRounded } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { useCommands } from '@/shared/lib/commands';
import { AssignPicker } from '@/shared/ui/AssignPicker';
import { PaneHead } from '@/shared/ui/PaneHead';
import classes from '@/shared/ui/PaneHead.module.css';
import type { Change } from '../changes';
import type { State, Ticket, TicketSearch } from '../search';
import { StateBadge } from './StateBadge';
import { StatePicker } from './StatePicker';
import { Subject } from './Subject';

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
    <PaneHead
      to="/tickets"
      search={search}
      back={t('do.backToList')}
      title={
        <Subject
          subject={ticket.subject}
          rename={(subject) => change({ kind: 'subject', subject })}
        />
      }
      network={ticket.network}
      about={about}
    >
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
    </PaneHead>
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
  ]);
  return (
    <Group gap={6} className={classes.tools}>
      <AssignPicker
        holder={ticket.assignee_id}
        team={ticket.team_id}
        assign={(assignee_id, team_id) => change({ kind: 'assign', assignee_id, team_id })}
        command={{ label: t('keys.assign'), section, keys: 'a' }}
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
