import { expect, test } from 'vitest';
import { countText, tightest, type TextRule } from './counting';

const rule = (unit: TextRule['unit'], more: Partial<TextRule> = {}): TextRule => ({
  unit,
  mention_without_domain: false,
  ...more,
});
const FAMILY = '👩‍👩‍👧‍👦';

test.each([
  ['a family is one character to a reader', rule('graphemes'), FAMILY, 1],
  ['and seven code points', rule('code_points'), FAMILY, 7],
  ['eleven units of UTF-16', rule('utf16'), FAMILY, 11],
  ['twenty-five bytes', rule('bytes'), FAMILY, 25],
  ['two where emoji are weighed', rule('weighted'), FAMILY, 2],
  ['a Chinese character weighs two', rule('weighted'), '你好 ok', 7],
  [
    'links have one length',
    rule('weighted', { url_length: 23 }),
    'See https://a.example/x?y=1',
    27,
  ],
  [
    'the server of a mention is free',
    rule('graphemes', { mention_without_domain: true }),
    'Hi @ada@social.example!',
    8,
  ],
])('%s', (_name, counted, text, length) => {
  expect(countText(counted, text)).toBe(length);
});

test('of several limits the one that is reached first counts', () => {
  const limits = [
    { rule: rule('graphemes'), maximum: 300 },
    { rule: rule('bytes'), maximum: 3000 },
  ];
  expect(tightest(limits, 'abc')).toMatchObject({ unit: 'graphemes', left: 297 });
  expect(tightest(limits, FAMILY.repeat(130))).toMatchObject({ unit: 'bytes', left: -250 });
  expect(tightest([], 'abc')).toBeUndefined();
});
