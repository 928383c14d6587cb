/** The periods that can be asked for, in days of the workspace's zone. */

import { addDays, addMonths, lengthOf, mondayOf, type Day } from '@/shared/lib/days';

export const PRESETS = [
  'today',
  'yesterday',
  '7d',
  '28d',
  '90d',
  'week',
  'month',
  'lastMonth',
] as const;
export type Preset = (typeof PRESETS)[number];
export const USUAL: Preset = '28d';

export interface Period {
  first: Day;
  last: Day;
}

/** The longest that the API answers. */
export const LONGEST_DAYS = 400;

const WITH_DAYS = 45;
const WITH_WEEKS = 200;

/** All end today at the latest: nothing has happened after that. */
export function presetPeriod(preset: Preset, today: Day): Period {
  const ofMonth = `${today.slice(0, 8)}01`;
  switch (preset) {
    case 'today':
      return { first: today, last: today };
    case 'yesterday':
      return { first: addDays(today, -1), last: addDays(today, -1) };
    case '7d':
      return { first: addDays(today, -6), last: today };
    case '28d':
      return { first: addDays(today, -27), last: today };
    case '90d':
      return { first: addDays(today, -89), last: today };
    case 'week':
      return { first: mondayOf(today), last: today };
    case 'month':
      return { first: ofMonth, last: today };
    case 'lastMonth':
      return { first: addMonths(ofMonth, -1), last: addDays(ofMonth, -1) };
  }
}

/** So that a chart has neither too many points to be read nor too few to show a shape. */
export function intervalOf({ first, last }: Period): 'day' | 'week' | 'month' {
  const days = lengthOf(first, last);
  if (days <= WITH_DAYS) return 'day';
  return days <= WITH_WEEKS ? 'week' : 'month';
}
