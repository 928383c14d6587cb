import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDirectory } from '@/shared/api/directory';
import { Face } from '@/shared/ui/Face';
import { Moment } from '@/shared/ui/Moment';
import { saySeconds } from '../figures';
import type { Item } from '../queries';
import type { Kind } from '../search';
import { subjectQuery, type Subject } from '../subjects';
import { useNames } from '../useNames';
import { useReport } from '../useReport';
import classes from './ItemRow.module.css';

/** One thing that was counted: what it was, whose it was, how long it took, and the way to it. */
export function ItemRow({ item }: { item: Item }) {
  const { t } = useTranslation('analytics');
  const nameOf = useNames();
  const { nameOf: personName } = useDirectory();
  const found = useQuery(subjectQuery(item));
  const unknown = { title: found.isPending ? '…' : t('behind.hidden'), text: '', seed: item.id };
  const subject = found.data ?? unknown;
  const who = item.person_id ? (personName(item.person_id) ?? '') : '';
  const facts = [
    t(`kind.${item.kind as Kind}`, item.kind),
    nameOf('profile', item.profile_id),
    who && t('behind.by', { name: who }),
  ].filter(Boolean);
  return (
    <li className={classes.item}>
      <Face name={subject.title} seed={subject.seed} size={30} />
      <div className={classes.body}>
        <div className={classes.head}>
          <Way item={item} title={subject.title} />
          <Took item={item} />
          <span className={classes.quiet}>
            <Moment at={item.at} />
          </span>
        </div>
        {subject.text && <div className={classes.text}>{subject.text}</div>}
        <div className={classes.quiet}>{facts.join(' · ')}</div>
      </div>
    </li>
  );
}

function Way({ item, title }: { item: Item; title: Subject['title'] }) {
  if (item.conversation_id) {
    return (
      <Link
        className={classes.way}
        to="/inbox/$conversationId"
        params={{ conversationId: item.conversation_id }}
      >
        {title}
      </Link>
    );
  }
  if (item.post_id) {
    return (
      <Link className={classes.way} to="/calendar/posts/$postId" params={{ postId: item.post_id }}>
        {title}
      </Link>
    );
  }
  return (
    <Link
      className={classes.way}
      to="/tickets/$ticketId"
      params={{ ticketId: item.ticket_id ?? '' }}
    >
      {title}
    </Link>
  );
}

/** How long it took, by the clock that the mode of hours asks for. */
function Took({ item }: { item: Item }) {
  const { query, locale } = useReport();
  const seconds = query.hours === 'business' ? item.business_seconds : item.wall_seconds;
  if (seconds === null) return null;
  return <strong className={classes.took}>{saySeconds(seconds, locale)}</strong>;
}
