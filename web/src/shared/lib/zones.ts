/**
 * Wall times in named zones, reckoned as the scheduler does: a time that a clock skips becomes as
 * much later as the clock jumps; of one that comes twice the first is meant.
 */

import { addDays, type Day } from './days';

/** `2026-11-25T14:05`, what a clock shows. */
export type Wall = string;

const DAY_MILLISECONDS = 86_400_000;
const clocks = new Map<string, Intl.DateTimeFormat>();

function clock(zone: string): Intl.DateTimeFormat {
  let made = clocks.get(zone);
  if (!made) {
    made = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    clocks.set(zone, made);
  }
  return made;
}

/** What a clock in the zone shows at a moment. */
export function wallOf(at: string | number | Date, zone: string): Wall {
  const said: Partial<Record<string, string>> = Object.fromEntries(
    clock(zone)
      .formatToParts(new Date(at))
      .map(({ type, value }) => [type, value]),
  );
  return `${said.year}-${said.month}-${said.day}T${said.hour}:${said.minute}`;
}

export interface Planned {
  at: Date;
  skipped: boolean;
  twice: boolean;
}

/** The moment at which clocks in the zone show `wall`. */
export function instantOf(wall: Wall, zone: string): Planned {
  const nominal = utc(wall);
  const before = nominal - offset(nominal - DAY_MILLISECONDS, zone);
  const after = nominal - offset(nominal + DAY_MILLISECONDS, zone);
  const shown = wall.slice(0, 16);
  const first = wallOf(before, zone) === shown;
  const second = wallOf(after, zone) === shown;
  const at = first || !second ? before : after;
  return {
    at: new Date(at),
    skipped: !first && !second,
    twice: first && second && before !== after,
  };
}

function offset(at: number, zone: string): number {
  const minute = Math.floor(at / 60_000) * 60_000;
  return utc(wallOf(minute, zone)) - minute;
}

function utc(wall: Wall): number {
  return Date.parse(`${wall.slice(0, 16)}:00Z`);
}

/** Whether the clocks of the zone are changed on this day, and in which direction. */
export function clockChange(day: Day, zone: string): 'forward' | 'back' | undefined {
  const length =
    instantOf(`${addDays(day, 1)}T00:00`, zone).at.getTime() -
    instantOf(`${day}T00:00`, zone).at.getTime();
  if (length === DAY_MILLISECONDS) return undefined;
  return length < DAY_MILLISECONDS ? 'forward' : 'back';
}
