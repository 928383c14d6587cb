/** What could not be handled, from all services in one list. */

import { api, ask } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';

export const SERVICES = ['inbox', 'tickets', 'publishing', 'analytics', 'team'] as const;
export type ServiceName = (typeof SERVICES)[number];

export type Letter = components['schemas']['DeadLetterView'] & { service: ServiceName };

/** Each service is asked for itself: one that is down does not hide what the others tell. */
export async function readLetters(service: ServiceName): Promise<Letter[]> {
  const letters = await ask(api.GET(`/api/v1/${service}/dead-letters`));
  return letters.map((letter) => ({ ...letter, service }));
}

export function replayLetter({ service, id }: Letter): Promise<unknown> {
  const params = { path: { letter_id: id } };
  return ask(api.POST(`/api/v1/${service}/dead-letters/{letter_id}/replay`, { params }));
}

export function discardLetter({ service, id }: Letter): Promise<unknown> {
  const params = { path: { letter_id: id } };
  return ask(api.DELETE(`/api/v1/${service}/dead-letters/{letter_id}`, { params }));
}

export interface Tally {
  done: number;
  refused: number;
}

/** One after the other: what failed once for want of air shall not fail again for it. */
export async function replayEach<T>(
  items: readonly T[],
  replay: (item: T) => Promise<unknown>,
): Promise<Tally> {
  const tally = { done: 0, refused: 0 };
  for (const item of items) {
    try {
      await replay(item);
      tally.done += 1;
    } catch {
      tally.refused += 1;
    }
  }
  return tally;
}
