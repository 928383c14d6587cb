/** Whether the stream is there, and who is where; both come from the stream alone. */

import { useSyncExternalStore } from 'react';
import { Store } from '../store';
import type { LiveEvent } from './effects';

export type PresenceState = 'viewing' | 'typing';

/** Person by conversation: what each does there. */
export type Presence = Readonly<Record<string, Readonly<Record<string, PresenceState>>>>;

interface Said {
  conversation_id: string;
  person_id: string;
  state: PresenceState | 'left';
}

/** The board after an event; the same board when the event says nothing new. */
export function presenceAfter(board: Presence, event: LiveEvent): Presence {
  if (event.type === 'gateway.presence') {
    const all = event.data as unknown as Said[];
    return all.reduce(withSaid, {});
  }
  if (event.type === 'gateway.presence_changed')
    return withSaid(board, event.data as unknown as Said);
  return board;
}

function withSaid(board: Presence, said: Said): Presence {
  const here = board[said.conversation_id] ?? {};
  if (said.state === 'left') {
    if (!(said.person_id in here)) return board;
    const { [said.person_id]: _gone, ...rest } = here;
    return { ...board, [said.conversation_id]: rest };
  }
  if (here[said.person_id] === said.state) return board;
  return { ...board, [said.conversation_id]: { ...here, [said.person_id]: said.state } };
}

export const connection = new Store(true);
export const presence = new Store<Presence>({});

export function useConnected(): boolean {
  return useSyncExternalStore(connection.subscribe, connection.get);
}

const NOBODY: Readonly<Record<string, PresenceState>> = {};

/** Who is in a conversation, by person; the one who asks is among them. */
export function usePresence(conversationId: string): Readonly<Record<string, PresenceState>> {
  const board = useSyncExternalStore(presence.subscribe, presence.get);
  return board[conversationId] ?? NOBODY;
}

export function usePresenceBoard(): Presence {
  return useSyncExternalStore(presence.subscribe, presence.get);
}
