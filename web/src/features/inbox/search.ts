/** What the list shows is part of the address; here it is read, and turned into a query. */

import type { components, paths } from '@/shared/api/schema';
import type { Kind } from '@/shared/conversation/types';

export type Summary = components['schemas']['ConversationSummary'];
export type ListQuery = NonNullable<
  paths['/api/v1/inbox/conversations']['get']['parameters']['query']
>;

export const VIEWS = ['open', 'mine', 'unassigned', 'snoozed', 'handled'] as const;
export type ViewName = (typeof VIEWS)[number];

export const KINDS: readonly Kind[] = [
  'comment',
  'reply',
  'mention',
  'quote',
  'dm',
  'review',
  'ad_comment',
];

export interface InboxSearch {
  view?: ViewName;
  q?: string;
  profile?: string[];
  kind?: Kind[];
  tag?: string[];
  team?: string[];
  waiting?: boolean;
}

function words(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** Only what is known is taken from an address; the rest of it is left out. */
export function parseSearch(search: Record<string, unknown>): InboxSearch {
  const view = VIEWS.find((name) => name === search.view);
  const q = typeof search.q === 'string' ? search.q.trim().slice(0, 200) : '';
  const lists = {
    profile: words(search.profile),
    kind: KINDS.filter((kind) => words(search.kind).includes(kind)),
    tag: words(search.tag),
    team: words(search.team),
  };
  const given = Object.entries(lists).filter(([, values]) => values.length > 0);
  return {
    ...(view && view !== 'open' && { view }),
    ...(q && { q }),
    ...Object.fromEntries(given),
    ...(search.waiting === true && { waiting: true }),
  };
}

/** The filters without the view: what the counts beside the views are counted within. */
export function narrowing(search: InboxSearch) {
  return {
    ...(search.profile && { profile_id: search.profile }),
    ...(search.kind && { kind: search.kind }),
    ...(search.tag && { tag_id: search.tag }),
    ...(search.team && { team_id: search.team }),
    ...(search.waiting && { waiting: true }),
  };
}

export function listQuery(search: InboxSearch): ListQuery {
  return {
    ...narrowing(search),
    ...ofView(search.view ?? 'open'),
    ...(search.q && { q: search.q }),
  };
}

function ofView(view: ViewName): ListQuery {
  if (view === 'mine') return { state: ['open'], assignee: 'me' };
  if (view === 'unassigned') return { state: ['open'], assignee: 'none' };
  return { state: [view] };
}

/** Whether a row still belongs to the view, as far as that can be told from the row. */
export function belongs(row: Summary, search: InboxSearch, me: string): boolean {
  const view = search.view ?? 'open';
  if (view === 'mine') return row.state === 'open' && row.assignee_id === me;
  if (view === 'unassigned') return row.state === 'open' && !row.assignee_id;
  return row.state === view;
}

/** The newest hit or message stands on top. */
export function isOlder(one: Summary, other: Summary): boolean {
  return placeOf(one) < placeOf(other);
}

function placeOf(row: Summary): string {
  return `${row.hit_at ?? row.last_at} ${row.id}`;
}
