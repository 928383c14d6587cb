/** What roles add up to and what they say, as the service does it. */

import type { components } from '@/shared/api/schema';
import type { Module, Right } from '@/shared/api/session';
import { isSame } from '@/shared/lib/draft';
import { MODULES } from './apiKey';

export type Role = components['schemas']['RoleView'];
/** Without the hours, which nothing here shows. */
export type Member = Omit<components['schemas']['MemberView'], 'working_hours'>;
export type Sight = components['schemas']['Sight'];
export type Levels = Record<Module, number>;

export const SIGHTS: readonly Sight[] = ['all', 'team', 'assigned'];
export const LEVEL_NUMBERS = [0, 1, 2, 3, 4] as const;
export type LevelNumber = (typeof LEVEL_NUMBERS)[number];

export interface Access {
  levels: Partial<Record<Module, number>>;
  rights: readonly Right[];
  sight: Sight;
}

/** The most that any of the roles allows, module by module. */
export function combined(roles: readonly Access[]): Access {
  const most = (module: Module) => Math.max(0, ...roles.map((role) => role.levels[module] ?? 0));
  const sights = roles.map((role) => role.sight);
  return {
    levels: Object.fromEntries(MODULES.map((module) => [module, most(module)])),
    rights: [...new Set(roles.flatMap((role) => role.rights))],
    sight: SIGHTS.find((sight) => sights.includes(sight)) ?? 'assigned',
  };
}

export function levelIn(access: Pick<Access, 'levels'>, module: Module): LevelNumber {
  return (access.levels[module] ?? 0) as LevelNumber;
}

export interface MemberDraft {
  version: number;
  name: string;
  role_ids: string[];
  team_ids: string[];
  profile_ids: string[] | null;
  sight: Sight | null;
  skills: string[];
  languages: string[];
}

export function memberDraft(member: Member): MemberDraft {
  const { version, name, role_ids, team_ids, profile_ids, sight, skills, languages } = member;
  return { version, name, role_ids, team_ids, profile_ids, sight, skills, languages };
}

/** What is sent: the version that was seen, and only what was changed. */
export function memberChanges(base: MemberDraft, draft: MemberDraft) {
  const entries = Object.entries(draft) as [keyof MemberDraft, never][];
  const changed = entries.filter(([key, value]) => !isSame(base[key], value));
  return { ...Object.fromEntries(changed), version: base.version } as Partial<MemberDraft> & {
    version: number;
  };
}
