import { expect, test } from 'vitest';
import { conditionOf, isSettled, tokenState, type Health, type Profile } from './profiles';

const profile = { state: 'connected', problems: [] as string[], token_renews: false } as Profile;
const health = {
  state: 'healthy',
  balanced: true,
  waiting: 0,
  failed: 0,
} as Health;

test.each([
  ['well', profile, health],
  ['well', profile, undefined],
  ['attention', profile, { ...health, balanced: false }],
  ['attention', profile, { ...health, state: 'attention' as const }],
  ['attention', { ...profile, problems: ['The connection ends soon.'] }, health],
  ['person', { ...profile, state: 'needs_person' as const }, health],
  ['disconnected', { ...profile, state: 'disconnected' as const }, undefined],
  ['connecting', { ...profile, state: 'connecting' as const }, undefined],
])('%s', (expected, given, found) => {
  expect(conditionOf(given, found)).toBe(expected);
});

test('what waits or failed is not settled', () => {
  expect(isSettled(health)).toBe(true);
  expect(isSettled({ ...health, waiting: 1 })).toBe(false);
  expect(isSettled({ ...health, failed: 1 })).toBe(false);
});

test('a token renews itself, ends, or lasts', () => {
  const ends = '2026-12-01T00:00:00Z';
  expect(tokenState({ ...profile, token_renews: true, token_expires_at: ends })).toBe('renews');
  expect(tokenState({ ...profile, token_expires_at: ends })).toBe('ends');
  expect(tokenState({ ...profile, token_expires_at: null })).toBe('lasts');
  expect(tokenState({ ...profile, state: 'disconnected' })).toBe('none');
});
