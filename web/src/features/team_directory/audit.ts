/** The audit log: what was done to what, as a person reads it. */

import type { components } from '@/shared/api/schema';
import type { Module } from '@/shared/api/session';
import { addDays, type Day } from '@/shared/lib/days';
import type { Line } from '@/shared/lib/draft';
import { LEVEL_NUMBERS, type LevelNumber } from './access';
import type { AuditSearch } from './search';

export type Entry = components['schemas']['AuditView'];
export type Picture = NonNullable<Entry['before']>;

/** Days of the reader as the moments between which they lie; `until` is a day that counts. */
export function spanOf(
  { since, until }: AuditSearch,
  startOf: (day: Day) => Date,
): { since: string | null; until: string | null } {
  return {
    since: since ? startOf(since).toISOString() : null,
    until: until ? startOf(addDays(until, 1)).toISOString() : null,
  };
}

const WORDED = ['sight', 'rights', 'state', 'reason'] as const;
/** Fields whose values are words of the service's own. */
export type Worded = (typeof WORDED)[number];

/** How values of the log are said: names for ids, words for levels and moments. */
export interface Sayings {
  field: (name: string) => string;
  module: (module: Module) => string;
  level: (level: LevelNumber) => string;
  /** One of the words that the service knows, such as `needs_person` of a `state`. */
  word: (name: Worded, value: string) => string;
  names: (kind: 'roles' | 'teams' | 'profiles' | 'people', ids: readonly string[]) => string;
  moment: (at: string) => string;
  yes: string;
  no: string;
  none: string;
  allProfiles: string;
}

const LISTS: Partial<Record<string, 'roles' | 'teams' | 'profiles' | 'people'>> = {
  role_ids: 'roles',
  team_ids: 'teams',
  profile_ids: 'profiles',
  member_ids: 'people',
};
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** A picture of something before or after, in lines that can be compared. */
export function pictureLines(picture: Picture | null, say: Sayings): Line[] {
  return Object.entries(picture ?? {}).flatMap(([name, value]) => {
    if (name === 'levels' && isRecord(value)) return levelLines(value, say);
    return [{ label: say.field(name), value: said(name, value, say) }];
  });
}

function levelLines(levels: Record<string, unknown>, say: Sayings): Line[] {
  return Object.entries(levels).map(([module, level]) => ({
    label: say.module(module as Module),
    value: say.level(LEVEL_NUMBERS.find((each) => each === level) ?? 0),
  }));
}

function said(name: string, value: unknown, say: Sayings): string {
  if (value === null || value === '') return name === 'profile_ids' ? say.allProfiles : say.none;
  if (typeof value === 'boolean') return value ? say.yes : say.no;
  if (Array.isArray(value)) {
    const texts = value.map((each) => said(name, each, say));
    return listed(LISTS[name], texts, say);
  }
  if (typeof value !== 'string') return JSON.stringify(value);
  if (name === 'lead_id') return say.names('people', [value]);
  const worded = WORDED.find((each) => each === name);
  if (worded) return say.word(worded, value);
  return MOMENT.test(value) ? say.moment(value) : value;
}

function listed(kind: (typeof LISTS)[string], texts: string[], say: Sayings): string {
  return (kind ? say.names(kind, texts) : texts.join(', ')) || say.none;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What the thing is called, where the log or the directory says it. */
export function objectName(
  entry: Entry,
  personName: (id: string) => string | undefined,
): string | undefined {
  const facts = { ...entry.before, ...entry.after };
  for (const key of ['name', 'email', 'handle', 'display_name', 'description', 'host']) {
    const value = facts[key];
    if (typeof value === 'string' && value) return value;
  }
  return personName(entry.object_id);
}
