/** Changes of tickets, and what takes each of them back. */

import type { Priority } from '@/shared/lib/priorities';
import type { State } from './search';

export type Change =
  | { kind: 'assign'; assignee_id: string | null; team_id: string | null }
  | { kind: 'state'; state: State }
  | { kind: 'priority'; priority: Priority }
  | { kind: 'subject'; subject: string }
  | { kind: 'tag'; add: string[]; remove: string[] };

/** The fields that moved, as they were. */
export interface Before {
  assignee_id?: string | null;
  team_id?: string | null;
  state?: State;
  priority?: Priority;
  subject?: string;
}

/** Undefined for what is final: a closed ticket stays closed. */
export function undoOf(change: Change, before: Before): Change | undefined {
  const { assignee_id = null, team_id = null, state, priority, subject } = before;
  switch (change.kind) {
    case 'assign':
      return { kind: 'assign', assignee_id, team_id };
    case 'state':
      return state && isUndoable(change.state, state) ? { kind: 'state', state } : undefined;
    case 'priority':
      return priority && { kind: 'priority', priority };
    case 'subject':
      return subject === undefined ? undefined : { kind: 'subject', subject };
    case 'tag':
      return { kind: 'tag', add: change.remove, remove: change.add };
  }
}

/** What was resolved can only be opened again, and what is closed stays so. */
function isUndoable(now: State, before: State): boolean {
  if (now === 'closed') return false;
  return now !== 'resolved' || before === 'open';
}
