/** Partner webhooks: how an endpoint and what was sent to it stand. */

import type { components } from '@/shared/api/schema';
import type { Line } from '@/shared/lib/draft';
import { sayOr } from './sayOr';

export type Webhook = components['schemas']['WebhookView'];
export type Delivery = components['schemas']['DeliveryView'];
export type DeliveryState = components['schemas']['DeliveryState'];

export const DELIVERY_COLOURS: Record<DeliveryState, string> = {
  waiting: 'clay',
  delivered: 'pine',
  failed: 'red',
  held: 'gray',
};

export type EndpointCondition = 'paused' | 'disabled' | 'failing' | 'enabled';

export const ENDPOINT_COLOURS: Record<EndpointCondition, string> = {
  paused: 'red',
  disabled: 'gray',
  failing: 'clay',
  enabled: 'pine',
};

/** An endpoint that is on may still answer with nothing but failures. */
export function endpointCondition({ state, failing_since: failing }: Webhook): EndpointCondition {
  if (state !== 'enabled') return state;
  return failing ? 'failing' : 'enabled';
}

export interface WebhookDraft {
  version: number;
  url: string;
  description: string;
  event_types: string[];
  profile_ids: string[] | null;
}

export const NEW_WEBHOOK: WebhookDraft = {
  version: 0,
  url: '',
  description: '',
  event_types: [],
  profile_ids: null,
};

export function webhookDraft(webhook: Webhook): WebhookDraft {
  const { version, url, description, event_types, profile_ids } = webhook;
  return { version, url, description, event_types: [...event_types].sort(), profile_ids };
}

interface Words {
  url: string;
  description: string;
  types: string;
  profiles: string;
  none: string;
  profilesOf: (ids: string[] | null) => string;
}

export function webhookLines(draft: WebhookDraft, words: Words): Line[] {
  return [
    { label: words.url, value: draft.url },
    { label: words.description, value: draft.description || words.none },
    { label: words.types, value: draft.event_types.join(', ') || words.none },
    { label: words.profiles, value: words.profilesOf(draft.profile_ids) },
  ];
}

/** The address without what makes it long; it is shown whole where there is room. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

const SOONEST_MILLISECONDS = 3_000;
const LATEST_MILLISECONDS = 60_000;

/** When to look again: once the next try is due, but never all the time; `false` if none is. */
export function lookAgainIn(
  deliveries: readonly Pick<Delivery, 'state' | 'next_at'>[],
  now = Date.now(),
): number | false {
  const waiting = deliveries.filter(({ state }) => state === 'waiting');
  if (waiting.length === 0) return false;
  const due = Math.min(...waiting.map(({ next_at: at }) => (at ? Date.parse(at) - now : 0)));
  return Math.min(Math.max(due, SOONEST_MILLISECONDS), LATEST_MILLISECONDS);
}

/** What an attempt got: a status of the receiver, or our code for why there was none. */
export function answerOf(attempt: { status: number | null; code: string | null }): string {
  if (attempt.status !== null) return String(attempt.status);
  return attempt.code ? sayOr(`webhooks.noAnswer.${attempt.code}`, attempt.code) : '';
}
