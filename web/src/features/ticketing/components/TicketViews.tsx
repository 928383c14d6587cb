import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { ViewLink } from '@/shared/ui/ViewLink';
import classes from '@/shared/ui/Views.module.css';
import { countsQuery } from '../queries';
import { MOMENTARY_VIEWS, STATES, viewOf, type TicketSearch, type ViewName } from '../search';
import { FilterPanel } from './FilterPanel';

/** The views that this person has: whoever is in no team has none of a team. */
export function useViews(): { momentary: ViewName[]; states: readonly ViewName[] } {
  const { who } = useSession();
  const momentary = MOMENTARY_VIEWS.filter((view) => view !== 'team' || who.team_ids.length > 0);
  return { momentary, states: STATES };
}

/** The views with how much is in each, within the filters that are set. */
export function TicketViews({ search }: { search: TicketSearch }) {
  const { t } = useTranslation('ticketing');
  const { momentary, states } = useViews();
  return (
    <>
      <nav aria-label={t('views.label')}>
        <Group views={momentary} search={search} />
        <Group views={states} search={search} />
      </nav>
      <FilterPanel search={search} />
    </>
  );
}

function Group({ views, search }: { views: readonly ViewName[]; search: TicketSearch }) {
  const { t } = useTranslation('ticketing');
  const counts = useQuery(countsQuery(search)).data;
  const { view: _left, ...rest } = search;
  return (
    <div className={classes.views}>
      {views.map((view) => (
        <ViewLink
          key={view}
          to="/tickets"
          search={view === 'open' ? rest : { ...rest, view }}
          name={t(`views.${view}`)}
          current={viewOf(search) === view}
          count={counts?.[view]}
          alarm={view === 'overdue'}
        />
      ))}
    </div>
  );
}
