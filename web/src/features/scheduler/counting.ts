/** How long a text is in the eyes of a network; the same rules as `shared/networks/text.py`. */

import type { components } from '@/shared/api/schema';

export type TextRule = components['schemas']['TextRule'];
export type TextLimit = components['schemas']['TextLimit'];

const URL_IN_TEXT = /https?:\/\/[^\s<>"]+/giu;
const REMOTE_MENTION = /(?<![\p{L}\p{N}_/])(@[\p{L}\p{N}_.-]+)@[\p{L}\p{N}_.-]+[\p{L}\p{N}_]/gu;
// Ranges whose characters weigh one in X's counting; all others weigh two.
const LIGHT = [
  [0, 4351],
  [8192, 8205],
  [8208, 8223],
  [8242, 8247],
] as const;

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
const encoder = new TextEncoder();

export function countText(rule: TextRule, text: string): number {
  let rest = text;
  let fixed = 0;
  if (rule.url_length != null) {
    fixed = (rest.match(URL_IN_TEXT)?.length ?? 0) * rule.url_length;
    rest = rest.replace(URL_IN_TEXT, '');
  }
  if (rule.mention_without_domain) rest = rest.replace(REMOTE_MENTION, '$1');
  return fixed + countUnits(rule.unit, rest);
}

function countUnits(unit: TextRule['unit'], text: string): number {
  switch (unit) {
    case 'graphemes':
      return clusters(text).length;
    case 'code_points':
      return Array.from(text).length;
    case 'utf16':
      return text.length;
    case 'bytes':
      return encoder.encode(text).length;
    case 'weighted':
      return clusters(text).reduce((sum, cluster) => sum + weight(cluster), 0);
  }
}

function clusters(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function weight(cluster: string): number {
  if (/^\p{Extended_Pictographic}/u.test(cluster)) return 2;
  return Array.from(cluster).reduce((sum, character) => {
    const code = character.codePointAt(0) ?? 0;
    return sum + (LIGHT.some(([low, high]) => low <= code && code <= high) ? 1 : 2);
  }, 0);
}

export interface Counted {
  length: number;
  maximum: number;
  unit: TextRule['unit'];
  left: number;
}

/** The limit that is closest to being reached; undefined where a network has none. */
export function tightest(limits: readonly TextLimit[], text: string): Counted | undefined {
  return limits
    .map(({ rule, maximum }) => {
      const length = countText(rule, text);
      return { length, maximum, unit: rule.unit, left: maximum - length };
    })
    .sort((one, other) => one.left / one.maximum - other.left / other.maximum)[0];
}
