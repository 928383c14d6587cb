/** How urgent a conversation is: a number for the API, a word for people. */

import { PRIORITIES, type Priority } from '@/shared/lib/priorities';

export const LEVELS: Record<Priority, number> = { urgent: 2, high: 1, normal: 0, low: -1 };

/** The word for a level; whatever partners set above ours is urgent. */
export function priorityName(level: number): Priority {
  return PRIORITIES.find((name) => level >= LEVELS[name]) ?? 'low';
}
