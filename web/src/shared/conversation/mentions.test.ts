import { expect, test } from 'vitest';
import { mentionedIn } from './mentions';

const people = [
  { id: 'sam', name: 'Sam' },
  { id: 'samo', name: 'Sam Okafor' },
  { id: 'jun', name: '赵俊' },
];

test('the longest name that fits is meant, each once', () => {
  expect(mentionedIn('@Sam Okafor and @赵俊 and @赵俊', people)).toEqual(['samo', 'jun']);
  expect(mentionedIn('@Sam, please', people)).toEqual(['sam']);
  expect(mentionedIn('sam@example.com', people)).toEqual([]);
});
