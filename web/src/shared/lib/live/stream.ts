/** One EventSource on `/api/v1/stream`, which comes back by itself and goes on where it ended. */

import type { LiveEvent } from './effects';

export interface StreamListener {
  event: (event: LiveEvent) => void;
  reset: () => void;
  /** `false` once the stream has been away for longer than its usual renewals take. */
  connected: (now: boolean) => void;
  /** The server refused; usually because the session has ended. */
  refused: () => void;
}

const GRACE_MILLISECONDS = 5_000;
const FIRST_RETRY_MILLISECONDS = 1_000;
const LONGEST_RETRY_MILLISECONDS = 30_000;

/** Events come in an envelope that says when they happened; signals of the gateway come bare. */
export function contentOf(text: string): LiveEvent['data'] {
  const data = JSON.parse(text) as LiveEvent['data'];
  return typeof data.event === 'object' ? (data.event as LiveEvent['data']) : data;
}

export class Stream {
  readonly #workspace: string;
  readonly #types: readonly string[];
  readonly #listener: StreamListener;
  #source: EventSource | undefined;
  #lastId = '';
  #retry = FIRST_RETRY_MILLISECONDS;
  #cut: ReturnType<typeof setTimeout> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(workspace: string, types: readonly string[], listener: StreamListener) {
    this.#workspace = workspace;
    this.#types = types;
    this.#listener = listener;
  }

  open(): void {
    this.#connect();
    window.addEventListener('offline', this.#offline);
    window.addEventListener('online', this.#online);
  }

  close(): void {
    window.removeEventListener('offline', this.#offline);
    window.removeEventListener('online', this.#online);
    clearTimeout(this.#cut);
    clearTimeout(this.#again);
    this.#source?.close();
  }

  #connect(): void {
    this.#source?.close();
    const query = new URLSearchParams({ workspace: this.#workspace });
    if (this.#lastId) query.set('last_event_id', this.#lastId);
    const source = new EventSource(`/api/v1/stream?${query}`);
    source.addEventListener('open', this.#opened);
    source.addEventListener('error', this.#failed);
    source.addEventListener('hello', this.#note);
    source.addEventListener('reset', (event: MessageEvent<string>) => {
      this.#note(event);
      this.#listener.reset();
    });
    this.#types.forEach((type) => source.addEventListener(type, this.#heard));
    this.#source = source;
  }

  readonly #note = (event: MessageEvent<string>): void => {
    this.#lastId = event.lastEventId || this.#lastId;
  };

  readonly #heard = (event: MessageEvent<string>): void => {
    this.#note(event);
    this.#listener.event({ type: event.type, data: contentOf(event.data) });
  };

  readonly #opened = (): void => {
    clearTimeout(this.#cut);
    this.#cut = undefined;
    this.#retry = FIRST_RETRY_MILLISECONDS;
    this.#listener.connected(true);
  };

  readonly #failed = (): void => {
    this.#cut ??= setTimeout(() => this.#listener.connected(false), GRACE_MILLISECONDS);
    // A browser gives up for good when the answer was an error; after a mere break it comes back.
    if (this.#source?.readyState !== EventSource.CLOSED) return;
    this.#listener.refused();
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#connect(), this.#retry);
    this.#retry = Math.min(this.#retry * 2, LONGEST_RETRY_MILLISECONDS);
  };

  readonly #offline = (): void => this.#listener.connected(false);

  readonly #online = (): void => this.#connect();
}
