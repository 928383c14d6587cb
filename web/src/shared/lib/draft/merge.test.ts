import { expect, test } from 'vitest';
import { differences, rebase } from './merge';

const base = {
  version: 1,
  name: 'Night shift',
  levels: { inbox: 2, tickets: 1 },
  rights: ['like'],
};

test('what I left alone is as they saved it, what I changed is mine', () => {
  const mine = { ...base, levels: { inbox: 3, tickets: 1 } };
  const theirs = { ...base, version: 2, name: 'Nights', levels: { inbox: 2, tickets: 0 } };
  expect(rebase(base, mine, theirs)).toEqual({
    version: 2,
    name: 'Nights',
    levels: { inbox: 3, tickets: 0 },
    rights: ['like'],
  });
});

test('where both changed the same thing, mine stands and is shown before it is saved', () => {
  const mine = { ...base, rights: ['like', 'hide'] };
  const theirs = { ...base, version: 2, rights: [] };
  expect(rebase(base, mine, theirs)).toEqual({ ...mine, version: 2 });
});

test('without changes of mine theirs is taken whole', () => {
  const theirs = { ...base, version: 7, name: 'Else' };
  expect(rebase(base, base, theirs)).toBe(theirs);
});

test('differences name what changed, came and went', () => {
  const before = [
    { label: 'Name', value: 'A' },
    { label: 'Inbox', value: 'View' },
    { label: 'Gone', value: 'x' },
  ];
  const after = [
    { label: 'Name', value: 'A' },
    { label: 'Inbox', value: 'Edit' },
    { label: 'New', value: 'y' },
  ];
  expect(differences(before, after)).toEqual([
    { label: 'Inbox', before: 'View', after: 'Edit' },
    { label: 'Gone', before: 'x', after: undefined },
    { label: 'New', before: undefined, after: 'y' },
  ]);
});
