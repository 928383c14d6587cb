import { expect, test } from 'vitest';
import { differences } from '@/shared/lib/draft';
import { objectName, pictureLines, spanOf, type Entry, type Sayings } from './audit';

const say: Sayings = {
  field: (name) => `<${name}>`,
  module: (module) => module,
  level: (level) => `L${level}`,
  word: (name, value) => `${name} "${value}"`,
  names: (kind, ids) => ids.map((id) => `${kind}:${id}`).join(', '),
  moment: (at) => `at ${at.slice(0, 10)}`,
  yes: 'yes',
  no: 'no',
  none: 'none',
  allProfiles: 'all',
};

test('levels are compared module by module, and what stayed is left out', () => {
  const before = pictureLines({ name: 'A', levels: { inbox: 2, ads: 1 }, rights: ['like'] }, say);
  const after = pictureLines({ name: 'A', levels: { inbox: 3, ads: 1 }, rights: [] }, say);
  expect(differences(before, after)).toEqual([
    { label: 'inbox', before: 'L2', after: 'L3' },
    { label: '<rights>', before: 'rights "like"', after: 'none' },
  ]);
});

test('ids are names, null is what it means there, moments are read', () => {
  const lines = pictureLines(
    {
      role_ids: ['r'],
      profile_ids: null,
      lead_id: 'p',
      expires_at: '2026-12-01T10:00:00Z',
      refreshable: true,
      reason: null,
    },
    say,
  );
  expect(lines.map((line) => line.value)).toEqual([
    'roles:r',
    'all',
    'people:p',
    'at 2026-12-01',
    'yes',
    'none',
  ]);
});

test('what is a word of the service is said in those of the reader', () => {
  const picture = { sight: 'team', state: 'needs_person', reason: 'gone', handle: 'team' };
  expect(pictureLines(picture, say).map((line) => line.value)).toEqual([
    'sight "team"',
    'state "needs_person"',
    'reason "gone"',
    'team',
  ]);
});

test('nothing before is no lines', () => {
  expect(pictureLines(null, say)).toEqual([]);
});

test('a thing is called what the log says, else what the directory says', () => {
  const entry = {
    object_id: 'x',
    before: { name: 'Old' },
    after: { name: 'New' },
  } as unknown as Entry;
  expect(objectName({ ...entry, before: { name: 'Old' }, after: null }, () => 'Ada')).toBe('Old');
  expect(objectName(entry, () => undefined)).toBe('New');
  expect(objectName({ ...entry, before: null, after: null }, () => 'Ada')).toBe('Ada');
});

test('the last day counts as a whole', () => {
  const startOf = (day: string) => new Date(`${day}T00:00:00+01:00`);
  expect(spanOf({ since: '2026-11-24', until: '2026-11-25' }, startOf)).toEqual({
    since: '2026-11-23T23:00:00.000Z',
    until: '2026-11-25T23:00:00.000Z',
  });
  expect(spanOf({}, startOf)).toEqual({ since: null, until: null });
});
