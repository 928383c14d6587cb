import { expect, test } from 'vitest';
import { meaning, shownKeys, type Press } from './keys';
import type { Command } from './store';

const run = () => undefined;
const commands: Command[] = [
  { id: 'next', label: '', section: '', keys: 'j', run },
  { id: 'go.inbox', label: '', section: '', keys: 'g i', run },
  { id: 'palette', label: '', section: '', keys: 'mod+k', run },
  { id: 'info', label: '', section: '', keys: 'i', run },
];

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  mod: false,
  alt: false,
  writing: false,
  ...more,
});

const idOf = (...presses: Press[]): string | undefined => {
  let pending: ReturnType<typeof meaning>['pending'];
  let found: string | undefined;
  for (const [place, each] of presses.entries()) {
    const meant = meaning(each, commands, pending, place * 100);
    pending = meant.pending;
    found = meant.command?.id;
  }
  return found;
};

test.each([
  ['one key', [press('j')], 'next'],
  ['a key nobody has', [press('x')], undefined],
  ['two keys one after the other', [press('g'), press('i')], 'go.inbox'],
  ['the second key alone', [press('i')], 'info'],
  ['a broken sequence', [press('g'), press('j')], 'next'],
  ['with Ctrl or Cmd', [press('k', { mod: true })], 'palette'],
  ['the same without it', [press('k')], undefined],
  ['while writing', [press('j', { writing: true })], undefined],
  ['with Ctrl or Cmd while writing', [press('k', { mod: true, writing: true })], 'palette'],
  ['with Alt, which types characters', [press('j', { alt: true })], undefined],
])('%s', (_case, presses, expected) => {
  expect(idOf(...presses)).toBe(expected);
});

test('a sequence that takes too long is none', () => {
  const begun = meaning(press('g'), commands, undefined, 0).pending;
  expect(meaning(press('i'), commands, begun, 5_000).command?.id).toBe('info');
});

test('keys are shown as this keyboard prints them', () => {
  expect(shownKeys('mod+k', true)).toEqual(['⌘k']);
  expect(shownKeys('g i', false)).toEqual(['g', 'i']);
});
