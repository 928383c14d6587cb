import { expect, test } from 'vitest';
import { endpointCondition, hostOf, lookAgainIn, webhookDraft, type Webhook } from './webhooks';

const webhook = {
  state: 'enabled',
  failing_since: null,
  version: 3,
  url: 'https://hooks.example/a?b=c',
  description: '',
  event_types: ['ticket.opened', 'post.changed'],
  profile_ids: null,
} as unknown as Webhook;

test.each([
  ['enabled', webhook],
  ['failing', { ...webhook, failing_since: '2026-11-25T10:00:00Z' }],
  ['paused', { ...webhook, state: 'paused' as const, failing_since: '2026-11-20T10:00:00Z' }],
  ['disabled', { ...webhook, state: 'disabled' as const }],
])('%s', (expected, given) => {
  expect(endpointCondition(given)).toBe(expected);
});

test('types have one order, so that choosing them again is not a change', () => {
  expect(webhookDraft(webhook).event_types).toEqual(['post.changed', 'ticket.opened']);
});

test('what is no address is shown as it is', () => {
  expect(hostOf('https://hooks.example/a?b=c')).toBe('hooks.example');
  expect(hostOf('hooks')).toBe('hooks');
});

const NOW = Date.parse('2026-11-25T10:00:00Z');
const waiting = (next_at: string | null) => ({ state: 'waiting' as const, next_at });

test.each([
  ['not at all where nothing waits', [{ state: 'failed' as const, next_at: null }], false],
  ['soon after it was sent', [waiting(null)], 3_000],
  ['soon while a try is late', [waiting('2026-11-25T09:59:00Z')], 3_000],
  [
    'when the first of them is due',
    [waiting('2026-11-25T10:00:40Z'), waiting('2026-11-25T10:00:20Z')],
    20_000,
  ],
  ['when its try is due', [waiting('2026-11-25T10:00:40Z')], 40_000],
  ['once a minute where it waits for hours', [waiting('2026-11-25T20:00:00Z')], 60_000],
])('the log is looked at again %s', (_when, deliveries, expected) => {
  expect(lookAgainIn(deliveries, NOW)).toBe(expected);
});
