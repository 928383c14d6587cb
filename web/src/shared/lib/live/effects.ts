/** What an event does to what is cached, as data: rules are pure and easy to prove. */

import type { QueryClient, QueryKey } from '@tanstack/react-query';

export interface LiveEvent {
  type: string;
  data: Record<string, unknown>;
}

/**
 * `refetchOf` asks anew for what hangs on a cached value, and for nothing where none is concerned.
 * `patch` returns the cached value itself where the event says nothing new.
 */
export type Effect =
  | { do: 'refetch'; key: QueryKey }
  | { do: 'refetchOf'; key: QueryKey; keys: (cached: unknown) => QueryKey[] }
  | { do: 'patch'; key: QueryKey; patch: (cached: unknown) => unknown }
  | { do: 'remove'; key: QueryKey };

/** What the events of these types mean for the queries of one feature. */
export interface LiveRule {
  types: readonly string[];
  effects: (event: LiveEvent) => Effect[];
}

const COLLECT_MILLISECONDS = 250;

/**
 * Applies the effects of events. Patches happen at once; refetches are collected, so that a burst
 * of events asks once. Whatever order events come in, and however often, the end is the same:
 * a patch only ever takes a newer version, and a refetch brings the truth.
 */
export class Dispatcher {
  readonly #client: QueryClient;
  readonly #rules: readonly LiveRule[];
  readonly #stale = new Map<string, QueryKey>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: QueryClient, rules: readonly LiveRule[]) {
    this.#client = client;
    this.#rules = rules;
  }

  dispatch(event: LiveEvent): void {
    for (const rule of this.#rules) {
      if (rule.types.includes(event.type)) rule.effects(event).forEach((each) => this.#apply(each));
    }
  }

  /** Events are missing: everything that is shown is asked for anew. */
  reset(): void {
    void this.#client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#stale.clear();
  }

  #apply(effect: Effect): void {
    if (effect.do === 'patch') {
      this.#client.setQueriesData({ queryKey: effect.key }, (cached: unknown) =>
        cached === undefined ? undefined : effect.patch(cached),
      );
    } else if (effect.do === 'remove') {
      this.#client.removeQueries({ queryKey: effect.key });
    } else if (effect.do === 'refetchOf') {
      this.#client
        .getQueriesData({ queryKey: effect.key })
        .flatMap(([, cached]) => (cached === undefined ? [] : effect.keys(cached)))
        .forEach((key) => this.#ask(key));
    } else {
      this.#ask(effect.key);
    }
  }

  #ask(key: QueryKey): void {
    this.#stale.set(JSON.stringify(key), key);
    this.#timer ??= setTimeout(() => this.#refetch(), COLLECT_MILLISECONDS);
  }

  #refetch(): void {
    this.#timer = undefined;
    const keys = [...this.#stale.values()];
    this.#stale.clear();
    keys.forEach((queryKey) => void this.#client.invalidateQueries({ queryKey }));
  }
}
