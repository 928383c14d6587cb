import type { components } from '@/shared/api/schema';
import type { Module, Right } from '@/shared/api/session';

type Body = components['schemas']['ApiKeyBody'];

export const MODULES: readonly Module[] = [
  'inbox',
  'moderation',
  'publishing',
  'tickets',
  'analytics',
  'ads',
  'directory',
  'profiles',
  'policies',
  'connections',
];
export const LEVELS = ['0', '1', '2', '3', '4'] as const;

const DAY_MILLISECONDS = 86_400_000;
const EDIT = 2;

export function expiryOf(days: string, now: Date): string | null {
  if (days === 'never') return null;
  return new Date(now.getTime() + Number(days) * DAY_MILLISECONDS).toISOString();
}

interface Wanted {
  name: string;
  levels: Partial<Record<Module, string>>;
  expiresAt: string | null;
}

/** Who may edit the inbox with a key may act there as its maker may. */
export function keyBody({ name, levels, expiresAt }: Wanted, rights: readonly Right[]): Body {
  const chosen = Object.entries(levels).map(([module, level]) => [module, Number(level)] as const);
  const given = Object.fromEntries(chosen.filter(([, level]) => level > 0)) as Body['levels'];
  const acts = Number(levels.inbox ?? 0) >= EDIT;
  return { name, levels: given, rights: acts ? [...rights] : [], expires_at: expiresAt };
}
