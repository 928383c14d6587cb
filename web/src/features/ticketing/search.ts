/** What the list shows is part of the address; here it is read, and turned into a query. */

import type { components, paths } from '@/shared/api/schema';
import type { Session } from '@/shared/api/session';
import { PRIORITIES, type Priority } from '@/shared/lib/priorities';

export type Ticket = components['schemas']['TicketView'];
export type Summary = components['schemas']['TicketSummary'];
export type State = Summary['state'];
export type ListQuery = NonNullable<paths['/api/v1/tickets']['get']['parameters']['query']>;

export const STATES = ['open', 'pending', 'on_hold', 'resolved', 'closed'] as const;
export const MOMENTARY_VIEWS = ['mine', 'team', 'unassigned', 'overdue', 'watching'] as const;
export const VIEWS = [...MOMENTARY_VIEWS, ...STATES] as const;
export type ViewName = (typeof VIEWS)[number];

const ACTIVE: State[] = ['open', 'pending', 'on_hold'];
const FIRST: ViewName = 'open';

export interface TicketSearch {
  view?: ViewName;
  q?: string;
  priority?: Priority[];
  profile?: string[];
  team?: string[];
  tag?: string[];
  sort?: 'due';
}

function words(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** Only what is known is taken from an address; the rest of it is left out. */
export function parseSearch(search: Record<string, unknown>): TicketSearch {
  const view = VIEWS.find((name) => name === search.view);
  const q = typeof search.q === 'string' ? search.q.trim().slice(0, 200) : '';
  const lists = {
    priority: PRIORITIES.filter((priority) => words(search.priority).includes(priority)),
    profile: words(search.profile),
    team: words(search.team),
    tag: words(search.tag),
  };
  const given = Object.entries(lists).filter(([, values]) => values.length > 0);
  return {
    ...(view && view !== FIRST && { view }),
    ...(q && { q }),
    ...Object.fromEntries(given),
    ...(search.sort === 'due' && { sort: 'due' }),
  };
}

export function viewOf(search: TicketSearch): ViewName {
  return search.view ?? FIRST;
}

/** The filters without the view: what the counts beside the views are counted within. */
export function narrowing(search: TicketSearch) {
  return {
    ...(search.q && { q: search.q }),
    ...(search.priority && { priority: search.priority }),
    ...(search.profile && { profile_id: search.profile }),
    ...(search.team && { team_id: search.team }),
    ...(search.tag && { tag: search.tag }),
  };
}

export function listQuery(search: TicketSearch, teams: readonly string[]): ListQuery {
  const order = search.sort === 'due' ? { order: 'due' as const } : {};
  return { ...narrowing(search), ...ofView(viewOf(search), teams), ...order };
}

const NO_TEAM = '00000000-0000-0000-0000-000000000000';

function ofView(view: ViewName, teams: readonly string[]): ListQuery {
  switch (view) {
    case 'mine':
      return { state: ACTIVE, assignee: 'me' };
    case 'team':
      return { state: ACTIVE, team_id: teams.length > 0 ? [...teams] : [NO_TEAM] };
    case 'unassigned':
      return { state: ACTIVE, assignee: 'none' };
    case 'overdue':
      return { state: ACTIVE, overdue: true };
    case 'watching':
      return { state: ACTIVE, watching: true };
    default:
      return { state: [view] };
  }
}

/** Whether a row still belongs to the view, as far as that can be told from the row. */
export function belongs(row: Summary, view: ViewName, { id, who }: Session): boolean {
  if (view === row.state) return true;
  if (!ACTIVE.includes(row.state)) return false;
  switch (view) {
    case 'mine':
      return row.assignee_id === id;
    case 'team':
      return row.team_id !== null && who.team_ids.includes(row.team_id);
    case 'unassigned':
      return row.assignee_id === null;
    case 'watching':
      return row.watcher_ids.includes(id);
    case 'overdue':
      return row.due_at !== null;
    default:
      return false;
  }
}

/** The newest stand on top. */
export function isOlder(one: Summary, other: Summary): boolean {
  const [left, right] = [Date.parse(one.opened_at), Date.parse(other.opened_at)];
  return left === right ? one.id < other.id : left < right;
}
