import { expect, test } from 'vitest';
import { linesOf, type Action, type Entry, type Interaction } from './timeline';

const written = (id: string, at: string, action_id: string | null = null) =>
  ({ id, written_at: at, action_id }) as Interaction;
const entry = (id: string, at: string, part: Partial<Entry>) => ({ id, at, ...part });
const acted = (id: string, kind: string, state: string) =>
  entry(id, '2026-11-25T10:00:00Z', { action: { id, kind, state } as Action });
const idsOf = (...given: Parameters<typeof linesOf>) => linesOf(...given).map((line) => line.id);

test('all in the order of time, whatever order it came in', () => {
  const interactions = [written('c', '2026-11-25T12:00:00Z'), written('a', '2026-11-25T10:00:00Z')];
  const note = entry('b', '2026-11-25T11:00:00.5Z', {
    note: { id: 'b' } as Entry['note'] & object,
  });
  expect(idsOf(interactions, [note], false)).toEqual(['a', 'b', 'c']);
});

test('an answer is shown once: by itself, and then as the network shows it', () => {
  const answer = acted('x', 'reply', 'sent');
  expect(idsOf([], [answer], false)).toEqual(['x']);
  expect(idsOf([written('i', '2026-11-25T10:00:01Z', 'x')], [answer], false)).toEqual(['i']);
});

test('what was done on the network is shown while it is not done', () => {
  const entries = [acted('h', 'hide', 'failed'), acted('l', 'like', 'sent')];
  expect(idsOf([], entries, false)).toEqual(['h']);
});

test('nothing is shown in a place that was not read yet', () => {
  const old = acted('x', 'reply', 'failed');
  expect(idsOf([written('i', '2026-11-25T11:00:00Z')], [old], true)).toEqual(['i']);
  expect(idsOf([written('i', '2026-11-25T11:00:00Z')], [old], false)).toEqual(['x', 'i']);
});
