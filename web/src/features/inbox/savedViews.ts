/** Saved views: filters under a name, turned into addresses and back. */

import type { components } from '@/shared/api/schema';
import { listQuery, parseSearch, type InboxSearch } from './search';

export type SavedView = components['schemas']['SavedViewView'];
export type Filters = components['schemas']['ConversationFilters'];

/** What is saved of the list: everything but what was looked for in words. */
export function filtersOf({ q: _words, ...search }: InboxSearch): Filters {
  const { state, profile_id, kind, tag_id, team_id, assignee, waiting } = listQuery(search);
  return {
    state: state ?? [],
    profile_id: profile_id ?? [],
    kind: kind ?? [],
    tag_id: tag_id ?? [],
    team_id: team_id ?? [],
    network: [],
    waiting: waiting ?? false,
    ...(assignee && { assignee }),
  };
}

export function searchOf(filters: Filters): InboxSearch {
  const { state, profile_id, kind, tag_id, team_id, waiting, assignee } = filters;
  const ofAssignee = assignee === 'me' ? 'mine' : assignee === 'none' ? 'unassigned' : undefined;
  return parseSearch({
    view: ofAssignee ?? state[0],
    profile: profile_id,
    kind,
    tag: tag_id,
    team: team_id,
    waiting,
  });
}

/** Whether an address can say all of it: over the API, views can be narrowed by more. */
export function showsWhole(filters: Filters): boolean {
  return spelled(filters) === spelled(filtersOf(searchOf(filters)));
}

/** Whether the address shows just what the view holds, whatever is looked for in it. */
export function isShown(filters: Filters, search: InboxSearch): boolean {
  return showsWhole(filters) && sameView(searchOf(filters), search);
}

/** Two that hold the same are spelled the same: nothing empty, and no order. */
function spelled(filters: Filters | InboxSearch): string {
  const even = Object.entries({ ...filters })
    .map(([name, value]) => [name, Array.isArray(value) ? value.toSorted() : value] as const)
    .filter(([, value]) => (Array.isArray(value) ? value.length > 0 : Boolean(value)));
  return JSON.stringify(even.sort());
}

/** Whether two addresses show the same, whatever is looked for in it. */
export function sameView(one: InboxSearch, other: InboxSearch): boolean {
  const [left, right] = [one, other].map(({ q: _words, ...search }) =>
    spelled(parseSearch({ ...search })),
  );
  return left === right;
}

export function isPlain(search: InboxSearch): boolean {
  const { view } = search;
  return sameView(search, view ? { view } : {});
}
