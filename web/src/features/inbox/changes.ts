/** Changes of conversations, and what takes each of them back. */

import type { components } from '@/shared/api/schema';

type Schemas = components['schemas'];
export type Change =
  | (Schemas['AssignChange'] & { kind: 'assign' })
  | (Schemas['StateChange'] & { kind: 'state' })
  | (Schemas['TagChange'] & { kind: 'tag' });

/** The fields that moved, as they were. */
export interface Before {
  assignee_id?: string | null;
  team_id?: string | null;
  state?: Schemas['StateChange']['state'];
  snoozed_until?: string | null;
}

export function assign(assignee_id: string | null, team_id: string | null = null): Change {
  return { kind: 'assign', assignee_id, team_id, reason: '' };
}

export function setState(
  state: Schemas['StateChange']['state'],
  until: string | null = null,
): Change {
  return { kind: 'state', state, until };
}

export function retag(add: string[], remove: string[]): Change {
  return { kind: 'tag', add, remove };
}

export function undoOf(change: Change, before: Before): Change {
  if (change.kind === 'assign') return assign(before.assignee_id ?? null, before.team_id ?? null);
  if (change.kind === 'tag') return retag(change.remove, change.add);
  const until = before.snoozed_until ?? null;
  // Whose sleep is over by now is simply awake.
  if (before.state === 'snoozed' && until) return setState('snoozed', until);
  return setState(before.state === 'handled' ? 'handled' : 'open');
}

export interface SnoozeChoice {
  name: 'later' | 'tomorrow' | 'nextWeek';
  until: Date;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MORNING = 9;
const MONDAY = 1;

/** The usual moments, at nine in the morning where the reader is. */
export function snoozeChoices(now: Date, zone: string): SnoozeChoice[] {
  const days = (MONDAY + 7 - weekday(now, zone)) % 7 || 7;
  return [
    { name: 'later', until: new Date(now.getTime() + 3 * HOUR) },
    { name: 'tomorrow', until: morning(now, 1, zone) },
    { name: 'nextWeek', until: morning(now, days, zone) },
  ];
}

function partsOf(at: Date, zone: string): Record<string, number> {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  });
  return Object.fromEntries(
    format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
  );
}

function weekday(at: Date, zone: string): number {
  const { year = 0, month = 1, day = 1 } = partsOf(at, zone);
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

/** Nine o'clock of the day so many days on; right over a change to summer time, too. */
function morning(now: Date, days: number, zone: string): Date {
  const { year = 0, month = 1, day = 1 } = partsOf(now, zone);
  const asUtc = Date.UTC(year, month - 1, day, MORNING) + days * DAY;
  const offset = (at: number) => {
    const seen = partsOf(new Date(at), zone);
    const { year: y = 0, month: m = 1, day: d = 1, hour = 0, minute = 0, second = 0 } = seen;
    return Date.UTC(y, m - 1, d, hour, minute, second) - at;
  };
  const guess = asUtc - offset(asUtc);
  return new Date(asUtc - offset(guess));
}
