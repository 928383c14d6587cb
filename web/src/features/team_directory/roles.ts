/** Roles as they are edited and read. */

import type { Module, Right } from '@/shared/api/session';
import { levelIn, type LevelNumber, type Role, type Sight } from './access';
import { MODULES } from './apiKey';

export const RIGHTS: readonly Right[] = [
  'reply_public',
  'reply_private',
  'like',
  'hide',
  'delete',
  'block',
  'assign',
  'take_over',
  'bulk',
  'export',
];

export interface RoleDraft {
  version: number;
  name: string;
  duties: string;
  levels: Record<Module, LevelNumber>;
  rights: Right[];
  sight: Sight;
}

/** A role of the workspace's own has the same words in every language. */
export function roleDraft(role: Role): RoleDraft {
  const { version, name, duties, rights, sight } = role;
  const levels = MODULES.map((module) => [module, levelIn(role, module)] as const);
  return {
    version,
    name: name.en,
    duties: duties.en,
    levels: Object.fromEntries(levels) as RoleDraft['levels'],
    rights: inOrder(rights),
    sight,
  };
}

export const NEW_ROLE: RoleDraft = {
  version: 0,
  name: '',
  duties: '',
  levels: Object.fromEntries(MODULES.map((module) => [module, 0])) as RoleDraft['levels'],
  rights: [],
  sight: 'all',
};

export function toggled(rights: readonly Right[], right: Right): Right[] {
  const without = rights.filter((each) => each !== right);
  return inOrder(without.length < rights.length ? without : [...rights, right]);
}

/** Always in one order, so that what was put back is not a change. */
function inOrder(rights: readonly Right[]): Right[] {
  return RIGHTS.filter((right) => rights.includes(right));
}
