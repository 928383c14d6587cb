/** Partner webhooks: how an endpoint and what was sent to it stand. */

import type { components } from '@/shared/api/schema';
import type { Line } from '@/shared/lib/draft';
import { sayOr } from './sayOr';

export type Webhook = components['schemas']['WebhookView'];
export type EventType = components['schemas']['EventTypeView'];
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

/** What an attempt got: a status of the receiver, or our code for why there was none. */
export function answerOf(attempt: { status: number | null; code: string | null }): string {
  if (attempt.status !== null) return String(attempt.status);
  return attempt.code ? sayOr(`webhooks.noAnswer.${attempt.code}`, attempt.code) : '';
}
