import { IconClockHour4 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDirectory } from '@/shared/api/directory';
import { currentLanguage } from '@/shared/lib/i18n';
import { duration } from '@/shared/lib/time';
import { useNow } from '@/shared/lib/useNow';
import { Face } from '@/shared/ui/Face';
import { Moment } from '@/shared/ui/Moment';
import { NetworkBadge } from '@/shared/ui/NetworkBadge';
import { hasDraft } from '@/shared/conversation/draft';
import type { Kind } from '@/shared/conversation/types';
import type { InboxSearch, Summary } from '../search';
import { useSelection } from '../selection';
import classes from '@/shared/ui/ListRow.module.css';
import { PriorityMark } from './PriorityMark';
import { TagDots } from './TagDots';

interface Props {
  row: Summary;
  search: InboxSearch;
  current: boolean;
}

export const Row = memo(function Row({ row, search, current }: Props) {
  const { t } = useTranslation(['inbox', 'conversation']);
  const { rows, toggle } = useSelection();
  const selected = rows.has(row.id);
  return (
    <div className={classes.row} data-current={current} data-selected={selected}>
      <div className={classes.face}>
        <Face name={row.contact.name} seed={row.contact.id} size={36} />
        <input
          type="checkbox"
          className={classes.check}
          aria-label={t('list.select', { name: row.contact.name })}
          checked={selected}
          onChange={() => toggle(row)}
        />
      </div>
      <Link
        to="/inbox/$conversationId"
        params={{ conversationId: row.id }}
        search={search}
        className={classes.link}
        aria-current={current ? 'true' : undefined}
      >
        <span className={classes.top}>
          <span className={classes.name}>{row.contact.name}</span>
          <span className={classes.when}>
            <Moment at={row.last_at} />
          </span>
        </span>
        <span className={classes.excerpt}>{row.excerpt}</span>
        <Facts row={row} />
      </Link>
    </div>
  );
});

function Facts({ row }: { row: Summary }) {
  const { t } = useTranslation(['inbox', 'conversation']);
  const { nameOf, teamName } = useDirectory();
  const holder = row.assignee_id ? nameOf(row.assignee_id) : row.team_id && teamName(row.team_id);
  return (
    <span className={classes.facts}>
      <NetworkBadge network={row.network} size={15} />
      <span>{t(`conversation:kind.${row.kind as Kind}`)}</span>
      <PriorityMark level={row.priority} />
      <TagDots ids={row.tag_ids} />
      {hasDraft(row.id) && <span className={classes.draft}>{t('list.draft')}</span>}
      <Waiting since={row.waiting_since} />
      {holder && row.assignee_id && (
        <span className={classes.holder} title={t('list.assignedTo', { name: holder })}>
          <Face name={holder} seed={row.assignee_id} size={18} />
        </span>
      )}
    </span>
  );
}

const LATE_MILLISECONDS = 4 * 3_600_000;

function Waiting({ since }: { since: string | null }) {
  const { t } = useTranslation(['inbox', 'conversation']);
  const now = useNow();
  if (!since) return null;
  const waited = now.getTime() - Date.parse(since);
  const time = duration(waited, currentLanguage());
  return (
    <span
      className={classes.waiting}
      data-late={waited > LATE_MILLISECONDS}
      title={t('list.waiting', { time })}
    >
      <IconClockHour4 size={13} aria-hidden />
      {time}
    </span>
  );
}
