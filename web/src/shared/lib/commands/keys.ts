/** Which command a key press means. Pure: what was pressed before is given and returned. */

import type { Command } from './store';

export interface Press {
  key: string;
  mod: boolean;
  alt: boolean;
  /** The press went into a field where people write. */
  writing: boolean;
}

const SEQUENCE_MILLISECONDS = 1_200;

export interface Pending {
  keys: string;
  at: number;
}

export interface Meant {
  command?: Command;
  pending?: Pending;
}

export function meaning(
  press: Press,
  commands: readonly Command[],
  pending: Pending | undefined,
  now: number,
): Meant {
  const name = nameOf(press);
  if (press.alt || (press.writing && !press.mod)) return {};
  const before = pending && now - pending.at < SEQUENCE_MILLISECONDS ? `${pending.keys} ` : '';
  const keys = before + name;
  const command = commands.findLast((each) => each.keys === keys);
  if (command) return { command };
  if (commands.some((each) => each.keys?.startsWith(`${keys} `))) {
    return { pending: { keys, at: now } };
  }
  const alone = commands.findLast((each) => each.keys === name);
  return alone ? { command: alone } : {};
}

function nameOf(press: Press): string {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  return press.mod ? `mod+${key}` : key;
}

/** `mod+k` as it is printed on this keyboard. */
export function shownKeys(keys: string, apple: boolean): string[] {
  const names: Record<string, string> = { Enter: '↵', Escape: 'Esc' };
  return keys
    .split(' ')
    .map((key) => key.replace('mod+', apple ? '⌘' : 'Ctrl+'))
    .map((key) => names[key] ?? key);
}
