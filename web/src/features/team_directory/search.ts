/** What the addresses of the team area say; loaded with the first page, so there is no more here. */

import type { components } from '@/shared/api/schema';
import { isDay } from '@/shared/lib/days';

type DeliveryState = components['schemas']['DeliveryState'];

/** Kinds of things that actions are about, in the order of the filter. */
export const AUDITED = [
  'member',
  'person',
  'invitation',
  'team',
  'role',
  'profile',
  'webhook',
  'api_key',
  'workspace',
] as const;
export type Audited = (typeof AUDITED)[number];

export interface AuditSearch {
  who?: string;
  what?: Audited;
  since?: string;
  until?: string;
}

/** The filter as the address says it; what makes no sense is left out. */
export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  const { who, what, since, until } = search;
  const kind = AUDITED.find((each) => each === what);
  return {
    ...(typeof who === 'string' && { who }),
    ...(kind && { what: kind }),
    ...(isDay(since) && { since }),
    ...(isDay(until) && { until }),
  };
}

export const DELIVERY_STATES: readonly DeliveryState[] = ['waiting', 'delivered', 'failed', 'held'];

export interface LogSearch {
  state?: DeliveryState;
  delivery?: string;
}

/** What of the log is shown, as the address says it. */
export function readLogSearch(search: Record<string, unknown>): LogSearch {
  const state = DELIVERY_STATES.find((each) => each === search.state);
  const { delivery } = search;
  return { ...(state && { state }), ...(typeof delivery === 'string' && { delivery }) };
}
