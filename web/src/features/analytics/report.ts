/** From an address to what the API is asked. */

import type { paths } from '@/shared/api/schema';
import type { Day } from '@/shared/lib/days';
import { presetPeriod, USUAL, type Period } from './periods';
import type { AnalyticsSearch } from './search';

type ItemsQuery = paths['/api/v1/analytics/items']['get']['parameters']['query'];
export type ReportQuery = Omit<
  ItemsQuery,
  'measure' | 'at_most' | 'more_than' | 'limit' | 'cursor'
>;

/** What no person and no team did. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

export function periodOf(search: AnalyticsSearch, today: Day): Period {
  const { first, last } = search;
  return first && last ? { first, last } : presetPeriod(search.period ?? USUAL, today);
}

/** The filters of a report; with `cells` narrowed to the cell whose items are shown. */
export function reportQuery(
  search: AnalyticsSearch,
  today: Day,
  { cells = false }: { cells?: boolean } = {},
): ReportQuery {
  const { hours = 'all', profile, kind, person, team, cell = [] } = search;
  const query: ReportQuery = {
    ...periodOf(search, today),
    hours,
    ...(profile && { profile_id: profile }),
    ...(kind && { kind }),
    ...(person && { person_id: person }),
    ...(team && { team_id: team }),
  };
  if (cells) for (const each of cell) Object.assign(query, narrowed(each));
  return query;
}

/** `dimension:key` as filters. */
function narrowed(cell: string): Partial<ReportQuery> {
  const [dimension, key = ''] = cell.split(':', 2);
  switch (dimension) {
    case 'profile':
      return { profile_id: [key] };
    case 'person':
      return { person_id: [key || NOBODY] };
    case 'team':
      return { team_id: [key || NOBODY] };
    case 'kind':
      return { kind: [key] };
    case 'hour':
      return { hour: [Number(key)] };
    case 'weekday':
      return { weekday: [Number(key)] };
    default: {
      const [first = '', last = first] = key.split('_');
      return { first, last };
    }
  }
}
