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

/** Whether two addresses show the same, whatever is looked for in it. */
export function sameView(one: InboxSearch, other: InboxSearch): boolean {
  const spelled = (search: InboxSearch) => {
    const { q: _words, ...rest } = parseSearch({ ...search });
    const even = Object.entries(rest).map(([name, value]) => [
      name,
      Array.isArray(value) ? [...value].sort() : value,
    ]);
    return JSON.stringify(even.sort());
  };
  return spelled(one) === spelled(other);
}

export function isPlain(search: InboxSearch): boolean {
  const { view } = search;
  return sameView(search, view ? { view } : {});
}
