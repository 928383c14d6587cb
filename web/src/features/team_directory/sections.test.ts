import { expect, test } from 'vitest';
import { LEVEL, type Module, type Session } from '@/shared/api/session';
import { mayOpen, sectionsFor } from './sections';

function somebody(levels: Partial<Record<Module, number>>): Pick<Session, 'may'> {
  return { may: (module, level) => (levels[module] ?? 0) >= LEVEL[level] };
}

test('what was not handled is open to who may do something about a part of it', () => {
  expect(mayOpen(somebody({ profiles: LEVEL.edit }), 'letters')).toBe(true);
  expect(mayOpen(somebody({ connections: LEVEL.administer }), 'letters')).toBe(true);
  expect(mayOpen(somebody({ directory: LEVEL.administer }), 'letters')).toBe(false);
});

test('who may open a part finds it in the navigation, and nothing else', () => {
  const [connections, records, ...rest] = sectionsFor(
    somebody({ connections: LEVEL.administer }),
  ).map(({ sections }) => sections.map(({ name }) => name));
  expect(connections).toEqual(['webhooks', 'keys']);
  expect(records).toEqual(['letters']);
  expect(rest).toEqual([]);
});
