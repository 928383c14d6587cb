import { useMemo } from 'react';
import classes from './Face.module.css';

interface Props {
  name: string;
  /** What the colours are drawn from; names repeat, ids do not. */
  seed: string;
  size?: number;
  shape?: 'round' | 'square';
}

const HUES = [152, 24, 206, 262, 338, 48, 178, 222, 296, 8];

function hashOf(text: string): number {
  let hash = 2166136261;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619);
  }
  return hash >>> 0;
}

function firstOf(word: string | undefined): string {
  return word ? String.fromCodePoint(word.codePointAt(0) ?? 0) : '';
}

/** The last character of a Chinese name, one or two letters of any other. */
export function initialsOf(name: string): string {
  const words = name
    .replace(/^@/, '')
    .trim()
    .split(/[\s._-]+/u)
    .filter(Boolean);
  const first = firstOf(words[0]) || '?';
  if (/\p{Script=Han}/u.test(first)) return /.$/u.exec(name.trim())?.[0] ?? first;
  return (first + (words.length > 1 ? firstOf(words.at(-1)) : '')).toUpperCase();
}

/** A person's picture, made of their name: nothing is fetched from anywhere. */
export function Face({ name, seed, size = 32, shape = 'round' }: Props) {
  const { hue, turn, initials } = useMemo(() => {
    const hash = hashOf(seed);
    return { hue: HUES[hash % HUES.length], turn: (hash >> 5) % 360, initials: initialsOf(name) };
  }, [name, seed]);
  return (
    <span
      className={classes.face}
      aria-hidden
      data-initials={initials}
      style={{
        '--hue': hue,
        '--size': `${size}px`,
        '--scale': initials.length > 1 ? 0.38 : 0.46,
        borderRadius: shape === 'round' ? '50%' : '28%',
      }}
    >
      <svg viewBox="0 0 40 40" width={size} height={size}>
        <rect width="40" height="40" className={classes.ground} />
        <path
          d="M-4 30 Q20 12 44 30 V60 H-4 Z"
          className={classes.shape}
          transform={`rotate(${turn} 20 20)`}
        />
      </svg>
    </span>
  );
}
