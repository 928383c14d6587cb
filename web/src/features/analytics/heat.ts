/** The hours of a week as a grid; 0 is Monday at midnight. */

import type { Row } from './queries';

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
export const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

export interface Cell {
  weekday: number;
  hour: number;
  value: number | null;
  count: number;
}

/** By `weekday` and `hour`; what the report leaves out is empty. */
export function cellsOf(rows: readonly Row[]): (weekday: number, hour: number) => Cell {
  const figures = new Map(rows.map((row) => [Number(row.key), row.numbers[0]?.now]));
  return (weekday, hour) => {
    const found = figures.get((weekday - 1) * 24 + hour);
    return { weekday, hour, value: found?.value ?? null, count: found?.count ?? 0 };
  };
}

/** From 0 to 1; by the root, so that a single busy hour does not make all others look empty. */
export function heatOf(value: number | null, highest: number): number {
  return value && highest > 0 ? Math.sqrt(value / highest) : 0;
}

const STEPS: Partial<Record<string, readonly [days: number, hours: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Where an arrow key leads; the edges hold. Turned, hours run down and days to the right. */
export function stepped(
  { weekday, hour }: Pick<Cell, 'weekday' | 'hour'>,
  key: string,
  turned: boolean,
): { weekday: number; hour: number } | undefined {
  const step = STEPS[key];
  if (!step) return undefined;
  const [days, hours] = turned ? [step[1], step[0]] : step;
  return {
    weekday: Math.min(7, Math.max(1, weekday + days)),
    hour: Math.min(23, Math.max(0, hour + hours)),
  };
}
