/** Changes of conversations, and what takes each of them back. */

import type { components } from '@/shared/api/schema';
import { addDays, mondayOf } from '@/shared/lib/days';
import { instantOf, wallOf } from '@/shared/lib/zones';

type Schemas = components['schemas'];
export type Change =
  | (Schemas['AssignChange'] & { kind: 'assign' })
  | (Schemas['StateChange'] & { kind: 'state' })
  | (Schemas['PriorityChange'] & { kind: 'priority' })
  | (Schemas['TagChange'] & { kind: 'tag' });

/** The fields that moved, as they were. */
export interface Before {
  assignee_id?: string | null;
  team_id?: string | null;
  state?: Schemas['StateChange']['state'];
  snoozed_until?: string | null;
  priority?: number;
}

export function prioritise(priority: number): Change {
  return { kind: 'priority', priority };
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
  if (change.kind === 'priority') return prioritise(before.priority ?? 0);
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
const WEEK_DAYS = 7;

/** The usual moments, at nine in the morning where the reader is. */
export function snoozeChoices(now: Date, zone: string): SnoozeChoice[] {
  const today = wallOf(now, zone).slice(0, 10);
  const nine = (day: string) => instantOf(`${day}T09:00`, zone).at;
  const tomorrow = addDays(today, 1);
  const monday = addDays(mondayOf(today), WEEK_DAYS);
  const choices: SnoozeChoice[] = [
    { name: 'later', until: new Date(now.getTime() + 3 * HOUR) },
    { name: 'tomorrow', until: nine(tomorrow) },
  ];
  // On Sundays both are one moment.
  return monday === tomorrow ? choices : [...choices, { name: 'nextWeek', until: nine(monday) }];
}
