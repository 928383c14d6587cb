/** The parts of the team area, in the order of its navigation, and who may open each. */

import type { LinkProps } from '@tanstack/react-router';
import type { LevelName, Module, Session } from '@/shared/api/session';

export type Need = readonly [Module, LevelName];

/** What the inbox asks of who reads what networks handed over. */
export const DELIVERIES: Need = ['profiles', 'edit'];
/** What every service asks of who reads the events that it could not handle. */
export const EVENTS: Need = ['connections', 'administer'];

/** What the API asks for what each part shows; one of them is enough. */
const NEEDS = {
  people: [['directory', 'view']],
  invitations: [['directory', 'administer']],
  teams: [['directory', 'view']],
  roles: [['directory', 'view']],
  levels: [['tickets', 'view']],
  profiles: [['profiles', 'view']],
  webhooks: [['connections', 'administer']],
  keys: [['connections', 'edit']],
  audit: [['directory', 'administer']],
  letters: [DELIVERIES, EVENTS],
} as const satisfies Record<string, readonly Need[]>;

export type Part = keyof typeof NEEDS;
type Allowed = Pick<Session, 'may'>;

export function mayOpen({ may }: Allowed, part: Part): boolean {
  return NEEDS[part].some(([module, level]) => may(module, level));
}

interface Group {
  name: 'people' | 'connections' | 'records';
  sections: readonly { name: Part; to: LinkProps['to'] }[];
}

const GROUPS: readonly Group[] = [
  {
    name: 'people',
    sections: [
      { name: 'people', to: '/team/people' },
      { name: 'invitations', to: '/team/invitations' },
      { name: 'teams', to: '/team/teams' },
      { name: 'roles', to: '/team/roles' },
      { name: 'levels', to: '/team/service-levels' },
    ],
  },
  {
    name: 'connections',
    sections: [
      { name: 'profiles', to: '/team/profiles' },
      { name: 'webhooks', to: '/team/webhooks' },
      { name: 'keys', to: '/account/api-keys' },
    ],
  },
  {
    name: 'records',
    sections: [
      { name: 'audit', to: '/team/audit' },
      { name: 'letters', to: '/team/not-handled' },
    ],
  },
];

/** What the role allows to see; groups without anything are left out. */
export function sectionsFor(session: Allowed): Group[] {
  return GROUPS.map((group) => ({
    ...group,
    sections: group.sections.filter(({ name }) => mayOpen(session, name)),
  })).filter(({ sections }) => sections.length > 0);
}
