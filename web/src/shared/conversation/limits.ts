/** How long a text is in the eyes of a network; the same counting as shared/networks/text.py. */

import type { components } from '@/shared/api/schema';

export type Limit = components['schemas']['TextLimitView'];

const URL = /https?:\/\/[^\s<>"]+/giu;
const REMOTE_MENTION = /(?<![\w/])(@[\w.-]+)@[\w.-]+\w/gu;
const PICTURE = /^\p{Extended_Pictographic}/u;
// Ranges whose characters weigh one in X's counting; all others weigh two.
const LIGHT: readonly (readonly [number, number])[] = [
  [0, 4351],
  [8192, 8205],
  [8208, 8223],
  [8242, 8247],
];

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function weight(cluster: string): number {
  if (PICTURE.test(cluster)) return 2;
  return Array.from(cluster).reduce((sum, character) => {
    const point = character.codePointAt(0) ?? 0;
    return sum + (LIGHT.some(([low, high]) => low <= point && point <= high) ? 1 : 2);
  }, 0);
}

const COUNTERS: Record<string, (text: string) => number> = {
  graphemes: (text) => graphemes(text).length,
  code_points: (text) => Array.from(text).length,
  utf16: (text) => text.length,
  bytes: (text) => new TextEncoder().encode(text).length,
  weighted: (text) => graphemes(text).reduce((sum, cluster) => sum + weight(cluster), 0),
};

export function countText(limit: Omit<Limit, 'maximum'>, text: string): number {
  let counted = text;
  let fixed = 0;
  if (limit.url_length != null) {
    fixed = (counted.match(URL) ?? []).length * limit.url_length;
    counted = counted.replace(URL, '');
  }
  if (limit.mention_without_domain) counted = counted.replace(REMOTE_MENTION, '$1');
  return fixed + (COUNTERS[limit.unit]?.(counted) ?? counted.length);
}

/** How much may still be written by the limit that is nearest; null where there is none. */
export function roomLeft(limits: readonly Limit[], text: string): number | null {
  const left = limits.map((limit) => limit.maximum - countText(limit, text));
  return left.length > 0 ? Math.min(...left) : null;
}
