import { expect, test } from 'vitest';
import { invitationsQuery, membersQuery, rolesQuery } from './queries';
import { teamDirectoryRules } from './live';

/** The first words of the keys that are asked for anew when this happens. */
function refetched(type: string): unknown[][] {
  const event = { type, data: {} };
  return teamDirectoryRules
    .filter(({ types }) => types.includes(type))
    .flatMap(({ effects }) => effects(event).map(({ key }) => [...key]));
}

test.each(['team_directory.member_saved', 'team_directory.member_left'])(
  '%s changes who holds a role and whose invitations are open',
  (type) => {
    const keys = refetched(type);
    for (const { queryKey } of [membersQuery({}), rolesQuery, invitationsQuery]) {
      expect(keys.some((key) => key.every((word, at) => queryKey[at] === word))).toBe(true);
    }
  },
);
