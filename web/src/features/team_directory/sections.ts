/** The parts of the team area, in the order of its navigation. */

import type { LinkProps } from '@tanstack/react-router';
import type { LevelName, Module, Session } from '@/shared/api/session';

export interface Section {
  name:
    | 'people'
    | 'invitations'
    | 'teams'
    | 'roles'
    | 'profiles'
    | 'webhooks'
    | 'keys'
    | 'audit'
    | 'letters';
  to: LinkProps['to'];
  module: Module;
  level: LevelName;
}

interface Group {
  name: 'people' | 'connections' | 'records';
  sections: readonly Section[];
}

export const GROUPS: readonly Group[] = [
  {
    name: 'people',
    sections: [
      { name: 'people', to: '/team/people', module: 'directory', level: 'view' },
      { name: 'invitations', to: '/team/invitations', module: 'directory', level: 'administer' },
      { name: 'teams', to: '/team/teams', module: 'directory', level: 'view' },
      { name: 'roles', to: '/team/roles', module: 'directory', level: 'view' },
    ],
  },
  {
    name: 'connections',
    sections: [
      { name: 'profiles', to: '/team/profiles', module: 'profiles', level: 'view' },
      { name: 'webhooks', to: '/team/webhooks', module: 'connections', level: 'administer' },
      { name: 'keys', to: '/account/api-keys', module: 'connections', level: 'edit' },
    ],
  },
  {
    name: 'records',
    sections: [
      { name: 'audit', to: '/team/audit', module: 'directory', level: 'administer' },
      { name: 'letters', to: '/team/not-handled', module: 'profiles', level: 'edit' },
    ],
  },
];

/** What the role allows to see; groups without anything are left out. */
export function sectionsFor({ may }: Pick<Session, 'may'>): Group[] {
  return GROUPS.map((group) => ({
    ...group,
    sections: group.sections.filter(({ module, level }) => may(module, level)),
  })).filter(({ sections }) => sections.length > 0);
}
