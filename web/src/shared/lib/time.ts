/** Moments as people read them: in their zone and language, with the zone where it matters. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Place {
  locale: string;
  zone: string;
}

/** Making a format takes far longer than using it. */
function kept<F>(make: (locale: string, zone: string) => F) {
  const formats = new Map<string, F>();
  return (locale: string, zone = ''): F => {
    const key = `${locale} ${zone}`;
    const format = formats.get(key) ?? make(locale, zone);
    formats.set(key, format);
    return format;
  };
}

function dates(options: Intl.DateTimeFormatOptions): (place: Place) => Intl.DateTimeFormat {
  const format = kept(
    (locale, timeZone) => new Intl.DateTimeFormat(locale, { timeZone, ...options }),
  );
  return ({ locale, zone }) => format(locale, zone);
}

const amounts = (unit: string) =>
  kept((locale) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }));

const moments = dates({
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});
const times = dates({ hour: 'numeric', minute: '2-digit' });
const weekdays = dates({ weekday: 'short' });
const longWeekdays = dates({ weekday: 'long' });
const daysOfYear = dates({ day: 'numeric', month: 'short' });
const daysOfOtherYear = dates({ day: 'numeric', month: 'short', year: 'numeric' });
const isoDays = dates({ year: 'numeric', month: '2-digit', day: '2-digit' });
const dayNames = dates({ weekday: 'long', day: 'numeric', month: 'long' });
const distances = kept(
  (locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }),
);
const [days, hours, minutes] = [amounts('day'), amounts('hour'), amounts('minute')];

/** `25 Nov 2026, 14:05 CET`: nothing is left to guess. */
export function fullTime(at: string | Date, place: Place): string {
  return moments(place).format(new Date(at));
}

/** As short as it can be said: the time today, the weekday this week, else the date. */
export function shortTime(at: string | Date, place: Place, now: Date = new Date()): string {
  const moment = new Date(at);
  if (dayOf(moment, place) === dayOf(now, place)) return timeOfDay(moment, place);
  if (Math.abs(now.getTime() - moment.getTime()) < 6 * DAY) return weekdays(place).format(moment);
  const sameYear = yearOf(moment, place) === yearOf(now, place);
  return (sameYear ? daysOfYear : daysOfOtherYear)(place).format(moment);
}

export function timeOfDay(at: string | Date, place: Place): string {
  return times(place).format(new Date(at));
}

/** `2026-11-25` in the zone of the reader. */
export function dayOf(at: string | Date, { zone }: Place): string {
  return isoDays({ locale: 'en-CA', zone }).format(new Date(at));
}

function yearOf(at: Date, place: Place): string {
  return dayOf(at, place).slice(0, 4);
}

export function dayName(at: string | Date, place: Place): string {
  return dayNames(place).format(new Date(at));
}

const SUNDAY = Date.UTC(2024, 0, 7);

/** 1 is Monday. */
export function sayWeekday(weekday: number, locale: string, style: 'short' | 'long'): string {
  const names = style === 'short' ? weekdays : longWeekdays;
  return names({ locale, zone: 'UTC' }).format(SUNDAY + weekday * DAY);
}

/** `3 min ago`, `in 2 hr`. */
export function ago(at: string | Date, locale: string, now: Date = new Date()): string {
  const relative = distances(locale);
  const difference = new Date(at).getTime() - now.getTime();
  const size = Math.abs(difference);
  if (size < HOUR) return relative.format(Math.trunc(difference / MINUTE), 'minute');
  if (size < DAY) return relative.format(Math.trunc(difference / HOUR), 'hour');
  return relative.format(Math.trunc(difference / DAY), 'day');
}

/** `2 h 5 min`, rounded down to what matters. */
export function duration(milliseconds: number, locale: string): string {
  const size = Math.max(0, milliseconds);
  if (size >= DAY) return days(locale).format(Math.floor(size / DAY));
  if (size < HOUR) return minutes(locale).format(Math.floor(size / MINUTE));
  const whole = hours(locale).format(Math.floor(size / HOUR));
  const rest = Math.floor((size % HOUR) / MINUTE);
  return rest && size < 10 * HOUR ? `${whole} ${minutes(locale).format(rest)}` : whole;
}

/** The zones a person may choose, UTC first. */
export function timeZones(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
}

export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
