/** What of the numbers is in their address; anything that is not understood is left out. */

import type { components } from '@/shared/api/schema';
import { isDay, type Day } from '@/shared/lib/days';
import { PRESETS, type Preset } from './periods';

export type Metric = components['schemas']['Metric'];
export type Measure = components['schemas']['AnalyticsMeasure'];
export type Dimension = components['schemas']['Dimension'];

export const KINDS = [
  'comment',
  'reply',
  'mention',
  'quote',
  'dm',
  'review',
  'ad_comment',
  'post',
  'ticket',
] as const;
export type Kind = (typeof KINDS)[number];

export const SPEEDS = ['first_response_time', 'next_response_time', 'resolution_time'] as const;
export const HEATS = ['received', 'replies', 'first_response_time'] as const;
export const TABLES = ['volume', 'speed', 'promises', 'publishing'] as const;
export const DIMENSIONS = [
  'profile',
  'person',
  'team',
  'kind',
  'day',
  'weekday',
  'hour',
] as const satisfies readonly Dimension[];
/** One cell of a report: `person:…`, `hour:9`, `days:2026-11-16_2026-11-22`; `team:` is no team. */
const CELL = /^(profile|person|team|kind|day|days|weekday|hour):[\w-]*$/;

/** Every number; one that the API gets does not compile before it stands here. */
const METRICS = Object.keys({
  received: 0,
  conversations: 0,
  replies: 0,
  automated_replies: 0,
  handled: 0,
  reopened: 0,
  backlog: 0,
  response_rate: 0,
  reopen_rate: 0,
  automation_share: 0,
  first_response_time: 0,
  next_response_time: 0,
  resolution_time: 0,
  sla_first_response: 0,
  sla_next_response: 0,
  sla_resolution: 0,
  planned_publications: 0,
  published: 0,
  failed_publications: 0,
  unknown_publications: 0,
  punctuality: 0,
  publication_delay: 0,
} satisfies Record<Metric, 0>) as Metric[];

export interface AnalyticsSearch {
  /** One of the usual periods, or both of the days of another one. */
  period?: Preset;
  first?: Day;
  last?: Day;
  hours?: 'business' | 'off';
  compare?: false;
  profile?: string[];
  kind?: Kind[];
  person?: string[];
  team?: string[];
  /** Which of several charts is drawn. */
  speed?: (typeof SPEEDS)[number];
  heat?: (typeof HEATS)[number];
  by?: (typeof DIMENSIONS)[number];
  table?: (typeof TABLES)[number];
  /** By which column a table is sorted; upwards with a minus. */
  sort?: string;
  /** The number whose items are shown, narrowed to one cell of a report. */
  behind?: Metric;
  measure?: Measure;
  cell?: string[];
  /** What networks count: of which profile. */
  network?: string;
}

const ID = /^[0-9a-f-]{36}$/;
const WORD = /^-?[a-z_]{1,40}$/;

function word(said: unknown): string | undefined {
  return typeof said === 'string' && WORD.test(said) ? said : undefined;
}

function oneOf<T>(known: readonly T[], said: unknown): T | undefined {
  return known.find((each) => each === said);
}

function some(said: unknown, fits: RegExp): string[] | undefined {
  const found = Array.isArray(said)
    ? said.filter((each): each is string => typeof each === 'string' && fits.test(each))
    : [];
  return found.length > 0 ? found : undefined;
}

export function readSearch(said: Record<string, unknown>): AnalyticsSearch {
  const days = isDay(said.first) && isDay(said.last) && said.first <= said.last;
  const kinds = KINDS.filter((kind) => some(said.kind, WORD)?.includes(kind));
  const found = {
    period: days ? undefined : oneOf(PRESETS, said.period),
    first: days ? said.first : undefined,
    last: days ? said.last : undefined,
    hours: oneOf(['business', 'off'] as const, said.hours),
    compare: said.compare === false ? (false as const) : undefined,
    profile: some(said.profile, ID),
    kind: kinds.length > 0 ? kinds : undefined,
    person: some(said.person, ID),
    team: some(said.team, ID),
    speed: oneOf(SPEEDS, said.speed),
    heat: oneOf(HEATS, said.heat),
    by: oneOf(DIMENSIONS, said.by),
    table: oneOf(TABLES, said.table),
    sort: word(said.sort),
    behind: oneOf(METRICS, said.behind),
    measure: word(said.measure) as Measure | undefined,
    cell: some(said.cell, CELL),
    network: typeof said.network === 'string' && ID.test(said.network) ? said.network : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
