import { expect, test } from 'vitest';
import { countText, roomLeft } from './limits';

const rule = (unit: string, more = {}) => ({ unit, mention_without_domain: false, ...more });
const FAMILY = '👨‍👩‍👧';

test.each([
  ['a family is one for readers', 'graphemes', FAMILY, 1],
  ['and five for a database', 'code_points', FAMILY, 5],
  ['and eight for old JavaScript', 'utf16', FAMILY, 8],
  ['and eighteen on the wire', 'bytes', FAMILY, 18],
  ['two on X', 'weighted', FAMILY, 2],
  ['Chinese is two each on X', 'weighted', '你好', 4],
  ['and one each for readers', 'graphemes', '你好', 2],
  ['a combined accent is one', 'graphemes', 'e\u0301', 1],
  ['nothing is nothing', 'weighted', '', 0],
])('%s', (_case, unit, text, expected) => {
  expect(countText(rule(unit), text)).toBe(expected);
});

test('addresses have a length of their own where a network says so', () => {
  const text = 'see https://example.com/a/very/long/path now';
  expect(countText(rule('graphemes', { url_length: 23 }), text)).toBe('see  now'.length + 23);
  expect(countText(rule('graphemes'), text)).toBe(text.length);
});

test('the domain of a mention is free where a network says so', () => {
  const mastodon = rule('graphemes', { mention_without_domain: true });
  expect(countText(mastodon, '@ada@social.example hi')).toBe('@ada hi'.length);
});

test('the nearest limit counts', () => {
  const limits = [
    { ...rule('graphemes'), maximum: 300 },
    { ...rule('bytes'), maximum: 20 },
  ];
  expect(roomLeft(limits, FAMILY)).toBe(2);
  expect(roomLeft([], FAMILY)).toBeNull();
});
