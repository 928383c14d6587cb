/** Connected profiles: how they are, in as few words as will do. */

import type { components } from '@/shared/api/schema';

export type Profile = components['schemas']['ProfileView'];
export type Health = components['schemas']['ProfileHealth'];
export type Network = components['schemas']['NetworkView'];

export type Condition = 'connecting' | 'disconnected' | 'person' | 'attention' | 'well';

export const COLOURS: Record<Condition, string> = {
  connecting: 'gray',
  disconnected: 'gray',
  person: 'red',
  attention: 'clay',
  well: 'pine',
};

/** The worst of what is the case. */
export function conditionOf(profile: Profile, health: Health | undefined): Condition {
  if (profile.state === 'connecting') return 'connecting';
  if (profile.state === 'disconnected') return 'disconnected';
  if (profile.state === 'needs_person') return 'person';
  const worried = health && (health.state !== 'healthy' || !health.balanced);
  return worried || profile.problems.length > 0 ? 'attention' : 'well';
}

export type TokenState = 'none' | 'renews' | 'ends' | 'lasts';

export function tokenState(profile: Profile): TokenState {
  if (profile.state === 'disconnected' || profile.state === 'connecting') return 'none';
  if (profile.token_renews) return 'renews';
  return profile.token_expires_at ? 'ends' : 'lasts';
}

/** Everything that came was stored once, and everything stored was dealt with. */
export function isSettled({ balanced, waiting, failed }: Health): boolean {
  return balanced && waiting === 0 && failed === 0;
}
