import { expect, test } from 'vitest';
import { endpointCondition, hostOf, webhookDraft, type Webhook } from './webhooks';

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
