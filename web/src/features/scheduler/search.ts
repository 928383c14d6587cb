/** What of the calendar is in its address; anything that is not understood is left out. */

import { isDay, type Day } from '@/shared/lib/days';
import { VIEWS, type View } from './grid';
import type { Post } from './queries';
import type { Wall } from '@/shared/lib/zones';

/** The states that a post in the calendar may have: all but that of a draft. */
export const POST_STATES = [
  'scheduled',
  'publishing',
  'published',
  'partly_published',
  'failed',
  'unknown',
  'cancelled',
] as const satisfies readonly Post['state'][];

export interface CalendarSearch {
  view?: View | undefined;
  date?: Day | undefined;
  zone?: 'workspace' | undefined;
  profile?: string[] | undefined;
  state?: Post['state'][] | undefined;
  /** When a new post is to appear. */
  at?: Wall | undefined;
}

const ID = /^[0-9a-f-]{36}$/;
const WALL_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

export function readSearch(said: Record<string, unknown>): CalendarSearch {
  const { view, date, zone, at } = said;
  const found: CalendarSearch = {
    view: VIEWS.find((each) => each === view),
    date: isDay(date) ? date : undefined,
    zone: zone === 'workspace' ? zone : undefined,
    profile: some(said.profile, (each): each is string => ID.test(String(each))),
    state: some(said.state, (each): each is Post['state'] =>
      POST_STATES.some((known) => known === each),
    ),
    at: isWall(at) ? at : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

function isWall(said: unknown): said is Wall {
  if (typeof said !== 'string') return false;
  const [day, time] = said.split('T');
  return isDay(day) && WALL_TIME.test(time ?? '');
}

function some<T>(said: unknown, is: (each: unknown) => each is T): T[] | undefined {
  const found = Array.isArray(said) ? said.filter(is) : [];
  return found.length > 0 ? found : undefined;
}
