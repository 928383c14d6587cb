import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import classes from '@/shared/ui/Views.module.css';
import { countsQuery } from '../queries';
import { MOMENTARY_VIEWS, STATES, viewOf, type TicketSearch, type ViewName } from '../search';
import { FilterPanel } from './FilterPanel';

interface Props {
  className: string | undefined;
  search: TicketSearch;
}

/** The views that this person has: whoever is in no team has none of a team. */
export function useViews(): { momentary: ViewName[]; states: readonly ViewName[] } {
  const { who } = useSession();
  const momentary = MOMENTARY_VIEWS.filter((view) => view !== 'team' || who.team_ids.length > 0);
  return { momentary, states: STATES };
}

/** The views with how much is in each, within the filters that are set. */
export function TicketViews({ className, search }: Props) {
  const { t } = useTranslation('ticketing');
  const { momentary, states } = useViews();
  return (
    <aside className={className} aria-label={t('views.label')}>
      <nav aria-label={t('views.label')}>
        <Group views={momentary} search={search} />
        <Group views={states} search={search} />
      </nav>
      <FilterPanel search={search} />
    </aside>
  );
}

function Group({ views, search }: { views: readonly ViewName[]; search: TicketSearch }) {
  const { t } = useTranslation('ticketing');
  const counts = useQuery(countsQuery(search)).data;
  const { view: _left, ...rest } = search;
  return (
    <div className={classes.views}>
      {views.map((view) => {
        const count = counts?.[view];
        return (
          <Link
            key={view}
            to="/tickets"
            search={view === 'open' ? rest : { ...rest, view }}
            className={classes.view}
            activeOptions={{ exact: true }}
            activeProps={{}}
            aria-current={viewOf(search) === view ? 'page' : undefined}
            data-alarm={view === 'overdue' && (count?.count ?? 0) > 0}
          >
            <span>{t(`views.${view}`)}</span>
            <span className={classes.count}>
              {count && `${count.count}${count.more ? '+' : ''}`}
            </span>
          </Link>
        );
      })}
    </div>
  );
}
