/** What is promised: the hours of a week and times by priority, as people write and read them. */

import type { components } from '@/shared/api/schema';
import { PRIORITIES, type Priority } from '@/shared/lib/priorities';

type Hours = readonly (readonly number[])[];
export type Calendar = Omit<components['schemas']['CalendarView'], 'week'> & {
  week: readonly Hours[];
};
export type Policy = components['schemas']['PolicyView'];
export type Target = components['schemas']['SlaTarget'];
export type Measure = components['schemas']['Measure'];
type Interval = [number, number];

export const TARGETS: readonly Target[] = ['first_response', 'next_response', 'resolution'];
/** As the API counts them: Monday is first. */
export const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const;
export const CONFLICT = 'ticketing.sla_changed';

const HOUR = 60;
const DAY = 24 * HOUR;
const YEAR_SECONDS = 366 * DAY * 60;
const INTERVAL = /^(\d{1,2})(?::(\d\d))?\s*[-–—~]\s*(\d{1,2})(?::(\d\d))?$/;
const SPAN = /^(?:(\d+)\s*h)?\s*(?:(\d+)\s*m)?\s*(?:(\d+)\s*s)?$/;

/** `9:00-12:30, 13:30-18:00` in minutes since midnight; undefined where it makes no sense. */
export function readDay(text: string): Interval[] | undefined {
  if (text.trim() === '') return [];
  const parts = text.replaceAll('：', ':').split(/[,，、]/);
  const intervals = parts.map((part) => readInterval(part.trim()));
  const known = intervals.filter((each) => each !== undefined);
  if (known.length < intervals.length) return undefined;
  const minutes = known.flat();
  const inOrder = minutes.every((minute, at) => at === 0 || minute > (minutes[at - 1] ?? 0));
  return inOrder && (minutes.at(-1) ?? 0) <= DAY ? known : undefined;
}

function readInterval(text: string): Interval | undefined {
  const found = INTERVAL.exec(text);
  if (!found) return undefined;
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = found
    .slice(1)
    .map((digits: string | undefined) => Number(digits ?? 0));
  if (fromMinute >= HOUR || toMinute >= HOUR) return undefined;
  return [fromHour * HOUR + fromMinute, toHour * HOUR + toMinute];
}

export function writeDay(intervals: Hours): string {
  return intervals.map(([from = 0, to = 0]) => `${clockOf(from)}-${clockOf(to)}`).join(', ');
}

function clockOf(minutes: number): string {
  return `${Math.floor(minutes / HOUR)}:${String(minutes % HOUR).padStart(2, '0')}`;
}

export interface Stretch {
  first: number;
  last: number;
  hours: string;
}

/** The open days of a week; days that follow one another with the same hours are one. */
export function stretchesOf(week: Calendar['week']): Stretch[] {
  const stretches: Stretch[] = [];
  for (const day of WEEKDAYS) {
    const hours = writeDay(week[day] ?? []);
    const before = stretches.at(-1);
    if (before?.last === day - 1 && before.hours === hours) before.last = day;
    else if (hours) stretches.push({ first: day, last: day, hours });
  }
  return stretches;
}

/** `1h 30m` in seconds; undefined where it makes no sense, null where nothing is promised. */
export function readSpan(text: string): number | null | undefined {
  const words = text.trim().toLowerCase();
  if (words === '') return null;
  const [hours, minutes, seconds] = (SPAN.exec(words) ?? [])
    .slice(1)
    .map((digits: string | undefined) => Number(digits ?? 0));
  const all = ((hours ?? 0) * HOUR + (minutes ?? 0)) * 60 + (seconds ?? 0);
  return all >= 60 && all <= YEAR_SECONDS ? all : undefined;
}

export function writeSpan(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const parts = [
    [Math.floor(minutes / HOUR), 'h'],
    [minutes % HOUR, 'm'],
    [seconds % 60, 's'],
  ] as const;
  return parts.flatMap(([count, unit]) => (count > 0 ? [`${count}${unit}`] : [])).join(' ');
}

/** What a policy promises for a target: one time, or the shortest and the longest. */
export function rangeOf({ goals }: Policy, target: Target): string | undefined {
  const promised = PRIORITIES.flatMap((priority) => goals[priority]?.[target]?.seconds ?? []);
  if (promised.length === 0) return undefined;
  const ends = new Set([Math.min(...promised), Math.max(...promised)]);
  return [...ends].map(writeSpan).join(' – ');
}

export interface CalendarDraft {
  version: number;
  name: string;
  zone: string;
  week: string[];
  holidays: string[];
}

export function calendarDraft(calendar: Calendar): CalendarDraft {
  const { version, name, zone, week, holidays } = calendar;
  return { version, name, zone, week: week.map(writeDay), holidays: [...holidays].sort() };
}

/** Undefined while it has no name, a day makes no sense, or no day is open. */
export function calendarBody({ name, zone, week, holidays }: CalendarDraft) {
  const days = week.map(readDay);
  const known = days.filter((day) => day !== undefined);
  if (known.length < days.length || !known.some((day) => day.length > 0)) return undefined;
  return name.trim() ? { name, zone, week: known, holidays } : undefined;
}

const WORKDAY = '9:00-17:00';

export function newCalendar(zone: string): CalendarDraft {
  const week = [WORKDAY, WORKDAY, WORKDAY, WORKDAY, WORKDAY, '', ''];
  return { version: 0, name: '', zone, week, holidays: [] };
}

type Goal = `${Priority}.${Target}`;

export interface PolicyDraft {
  version: number;
  name: string;
  calendar_id: string;
  profile_ids: string[];
  /** As they are written. */
  times: Record<Goal, string>;
  measures: Record<Goal, Measure>;
}

export function goalOf(priority: Priority, target: Target): Goal {
  return `${priority}.${target}`;
}

const GOALS = PRIORITIES.flatMap((priority) =>
  TARGETS.map((target) => ({ priority, target, goal: goalOf(priority, target) })),
);

function ofEach<T>(value: (priority: Priority, target: Target) => T): Record<Goal, T> {
  const all = GOALS.map(({ priority, target, goal }) => [goal, value(priority, target)] as const);
  return Object.fromEntries(all) as Record<Goal, T>;
}

export function policyDraft(policy: Policy): PolicyDraft {
  const { version, name, calendar_id, profile_ids, goals } = policy;
  return {
    version,
    name,
    calendar_id,
    profile_ids: [...profile_ids].sort(),
    times: ofEach((priority, target) => writeSpan(goals[priority]?.[target]?.seconds ?? 0)),
    measures: ofEach((priority, target) => goals[priority]?.[target]?.measure ?? 'business'),
  };
}

/** Undefined while it has no name or no hours, or a time makes no sense. */
export function policyBody(draft: PolicyDraft) {
  const { name, calendar_id, profile_ids, times, measures } = draft;
  const goals: Policy['goals'] = {};
  for (const { priority, target, goal } of GOALS) {
    const seconds = readSpan(times[goal]);
    if (seconds === undefined) return undefined;
    if (seconds === null) continue;
    goals[priority] = { ...goals[priority], [target]: { seconds, measure: measures[goal] } };
  }
  return name.trim() && calendar_id ? { name, calendar_id, profile_ids, goals } : undefined;
}

export function newPolicy(calendar_id: string): PolicyDraft {
  const measures = ofEach(() => 'business' as const);
  return { version: 0, name: '', calendar_id, profile_ids: [], times: ofEach(() => ''), measures };
}

/** How a target is counted for every priority at which it is promised; null if that differs. */
export function measureOf({ times, measures }: PolicyDraft, target: Target): Measure | null {
  const all = PRIORITIES.map((priority) => goalOf(priority, target));
  const promised = all.filter((goal) => times[goal].trim() !== '');
  const used = new Set((promised.length > 0 ? promised : all).map((goal) => measures[goal]));
  return used.size > 1 ? null : ([...used][0] ?? null);
}

export function withMeasure(draft: PolicyDraft, target: Target, measure: Measure) {
  return {
    measures: ofEach((priority, each) =>
      each === target ? measure : draft.measures[goalOf(priority, each)],
    ),
  };
}
