/** What a clock says at a moment. */

import type { components } from '@/shared/api/schema';
import type { Summary } from './search';

export type Clock = components['schemas']['ClockView'];

export type Reading =
  | { says: 'due' | 'overdue'; milliseconds: number }
  | { says: 'paused' | 'met' | 'missed'; milliseconds: number }
  | { says: 'void' | 'unpromised' };

const SECOND = 1_000;

/** The next thing that is due on a ticket; nothing where nobody waits for anything. */
export function rowReading(row: Summary, now: Date): Reading | undefined {
  if (row.due_at) return untilDue(row.due_at, now);
  return row.paused ? { says: 'paused', milliseconds: 0 } : undefined;
}

/** One clock. For what is over, and for what stands still, the time that was spent. */
export function readingOf(clock: Clock, now: Date): Reading {
  if (clock.goal_seconds === null) return { says: 'unpromised' };
  if (clock.outcome === 'running') {
    return clock.due_at ? untilDue(clock.due_at, now) : { says: 'unpromised' };
  }
  if (clock.outcome === 'void') return { says: 'void' };
  const spent = clock.measure === 'wall' ? clock.wall_seconds : clock.business_seconds;
  return { says: clock.outcome, milliseconds: spent * SECOND };
}

function untilDue(due: string, now: Date): Reading {
  const left = Date.parse(due) - now.getTime();
  return { says: left > 0 ? 'due' : 'overdue', milliseconds: Math.abs(left) };
}
