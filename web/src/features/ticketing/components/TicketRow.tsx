import { IconUserQuestion, IconUsers } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDirectory } from '@/shared/api/directory';
import { useNow } from '@/shared/lib/useNow';
import { Face } from '@/shared/ui/Face';
import classes from '@/shared/ui/ListRow.module.css';
import { Moment } from '@/shared/ui/Moment';
import { NetworkBadge } from '@/shared/ui/NetworkBadge';
import type { Summary, TicketSearch } from '../search';
import { rowReading } from '../sla';
import { PrioritySign } from '@/shared/ui/PrioritySign';
import { ReadingText } from './ReadingText';
import { StateBadge } from './StateBadge';
import own from './TicketRow.module.css';

interface Props {
  row: Summary;
  search: TicketSearch;
  current: boolean;
}

export const TicketRow = memo(function TicketRow({ row, search, current }: Props) {
  return (
    <div className={classes.row} data-current={current}>
      <Holder row={row} />
      <Link
        to="/tickets/$ticketId"
        params={{ ticketId: row.id }}
        search={search}
        className={classes.link}
        aria-current={current ? 'true' : undefined}
      >
        <span className={classes.top}>
          <span className={classes.name}>{row.subject}</span>
          <span className={classes.when}>
            <Moment at={row.updated_at} />
          </span>
        </span>
        <span className={own.about}>
          {[...row.tags, row.contact_name, row.excerpt].filter(Boolean).join(' · ')}
        </span>
        <Facts row={row} />
      </Link>
    </div>
  );
});

/** Who has it: a person, a team, or still nobody. */
function Holder({ row }: { row: Summary }) {
  const { t } = useTranslation('ticketing');
  const { nameOf, teamName } = useDirectory();
  const person = row.assignee_id && nameOf(row.assignee_id);
  const team = row.team_id && teamName(row.team_id);
  const title = person ?? team ?? t('list.nobody');
  return (
    <span className={classes.face} title={title} role="img" aria-label={title}>
      {row.assignee_id ? (
        <Face name={person ?? '?'} seed={row.assignee_id} size={36} />
      ) : (
        <span className={own.nobody}>
          {team ? <IconUsers size={18} aria-hidden /> : <IconUserQuestion size={18} aria-hidden />}
        </span>
      )}
    </span>
  );
}

function Facts({ row }: { row: Summary }) {
  const { t } = useTranslation();
  const reading = rowReading(row, useNow());
  return (
    <span className={classes.facts}>
      <NetworkBadge network={row.network} size={15} />
      <StateBadge state={row.state} />
      {row.priority !== 'normal' && (
        <span className={own.priority}>
          <PrioritySign priority={row.priority} size={14} />
          {t(`priority.${row.priority}`)}
        </span>
      )}
      {reading && (
        <span className={own.clock}>
          <ReadingText reading={reading} at={row.due_at} short />
        </span>
      )}
    </span>
  );
}
