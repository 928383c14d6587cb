/** How urgent a conversation is: a number for the API, a word for people. */

import type { Priority } from '@/shared/ui/PrioritySign';

/** The levels that can be chosen, the most urgent first. */
export const PRIORITIES: readonly { name: Priority; level: number }[] = [
  { name: 'urgent', level: 2 },
  { name: 'high', level: 1 },
  { name: 'normal', level: 0 },
  { name: 'low', level: -1 },
];

/** The word for a level; whatever partners set above ours is urgent. */
export function priorityName(level: number): Priority {
  return PRIORITIES.find((each) => level >= each.level)?.name ?? 'low';
}
