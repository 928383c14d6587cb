/** Moments as people read them: in their zone and language, with the zone where it matters. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Place {
  locale: string;
  zone: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(place: Place, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${place.locale} ${place.zone} ${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(place.locale, { timeZone: place.zone, ...options });
    formats.set(key, made);
  }
  return made;
}

/** `25 Nov 2026, 14:05 CET`: nothing is left to guess. */
export function fullTime(at: string | Date, place: Place): string {
  return format(place, {
    dateStyle: undefined,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(new Date(at));
}

/** As short as it can be said: the time today, the weekday this week, else the date. */
export function shortTime(at: string | Date, place: Place, now: Date = new Date()): string {
  const moment = new Date(at);
  if (dayOf(moment, place) === dayOf(now, place)) {
    return format(place, { hour: 'numeric', minute: '2-digit' }).format(moment);
  }
  if (Math.abs(now.getTime() - moment.getTime()) < 6 * DAY) {
    return format(place, { weekday: 'short' }).format(moment);
  }
  const sameYear = moment.getFullYear() === now.getFullYear();
  const year = sameYear ? undefined : ('numeric' as const);
  return format(place, { day: 'numeric', month: 'short', year }).format(moment);
}

export function timeOfDay(at: string | Date, place: Place): string {
  return format(place, { hour: 'numeric', minute: '2-digit' }).format(new Date(at));
}

/** `2026-11-25` in the zone of the reader. */
export function dayOf(at: string | Date, place: Place): string {
  const iso = { locale: 'en-CA', zone: place.zone };
  return format(iso, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(at));
}

export function dayName(at: string | Date, place: Place): string {
  return format(place, { weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(at));
}

/** `3 min ago`, `in 2 hr`. */
export function ago(at: string | Date, locale: string, now: Date = new Date()): string {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const difference = new Date(at).getTime() - now.getTime();
  const size = Math.abs(difference);
  if (size < HOUR) return relative.format(Math.trunc(difference / MINUTE), 'minute');
  if (size < DAY) return relative.format(Math.trunc(difference / HOUR), 'hour');
  return relative.format(Math.trunc(difference / DAY), 'day');
}

/** `2 h 5 min`, rounded down to what matters. */
export function duration(milliseconds: number, locale: string): string {
  const unit = (value: number, name: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(
      value,
    );
  const size = Math.max(0, milliseconds);
  if (size >= DAY) return unit(Math.floor(size / DAY), 'day');
  if (size >= HOUR) {
    const minutes = Math.floor((size % HOUR) / MINUTE);
    const hours = unit(Math.floor(size / HOUR), 'hour');
    return minutes && size < 10 * HOUR ? `${hours} ${unit(minutes, 'minute')}` : hours;
  }
  return unit(Math.floor(size / MINUTE), 'minute');
}

/** The zones a person may choose, their own first. */
export function timeZones(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
}

export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
