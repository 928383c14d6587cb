import { expect, test } from 'vitest';
import { combined, memberChanges, type MemberDraft } from './access';

test('several roles allow the most of each', () => {
  const sum = combined([
    { levels: { inbox: 1, publishing: 3 }, rights: ['like'], sight: 'assigned' },
    { levels: { inbox: 2 }, rights: ['like', 'hide'], sight: 'team' },
  ]);
  expect(sum.levels).toMatchObject({ inbox: 2, publishing: 3, tickets: 0 });
  expect(sum.rights).toEqual(['like', 'hide']);
  expect(sum.sight).toBe('team');
});

test('without a role nothing is allowed', () => {
  expect(combined([]).sight).toBe('assigned');
  expect(Math.max(...Object.values(combined([]).levels))).toBe(0);
});

test('only what was changed is sent, and null is a value', () => {
  const base: MemberDraft = {
    version: 4,
    name: 'Ada',
    role_ids: ['a'],
    team_ids: [],
    profile_ids: ['p'],
    sight: null,
    skills: [],
    languages: ['en'],
  };
  const draft = { ...base, profile_ids: null, skills: ['video'] };
  expect(memberChanges(base, draft)).toEqual({ version: 4, profile_ids: null, skills: ['video'] });
});
