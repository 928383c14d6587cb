/** Days of a calendar, without a zone. Weeks begin on Monday. */

/** `2026-11-25` */
export type Day = string;

const WEEK_DAYS = 7;
const DAY = /^\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])$/;

export function dateOf(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}

function dayOf(date: Date): Day {
  return date.toISOString().slice(0, 10);
}

export function isDay(value: unknown): value is Day {
  return typeof value === 'string' && DAY.test(value) && dayOf(dateOf(value)) === value;
}

export function addDays(day: Day, count: number): Day {
  const date = dateOf(day);
  date.setUTCDate(date.getUTCDate() + count);
  return dayOf(date);
}

/** The same day of another month, or its last. */
export function addMonths(day: Day, count: number): Day {
  const date = dateOf(day);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count + 1, 0);
  date.setUTCDate(Math.min(wanted, date.getUTCDate()));
  return dayOf(date);
}

export function mondayOf(day: Day): Day {
  return addDays(day, -((dateOf(day).getUTCDay() + 6) % WEEK_DAYS));
}

/** How many days a period has, both ends included. */
export function lengthOf(first: Day, last: Day): number {
  return Math.round((dateOf(last).getTime() - dateOf(first).getTime()) / 86_400_000) + 1;
}

/** A day in words, whatever zone the reader is in. */
export function sayDay(day: Day, locale: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(dateOf(day));
}

/** A period in words: `1 – 28 Nov 2026`. */
export function sayDays(first: Day, last: Day, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return format.formatRange(dateOf(first), dateOf(last));
}
