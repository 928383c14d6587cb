/** What was written, noted and done in a conversation, in one order of time. */

import type { ReactNode } from 'react';
import type { components } from '@/shared/api/schema';

export type Interaction = components['schemas']['InteractionView'];
export type Entry = components['schemas']['TimelineEntry'];
export type Action = components['schemas']['ActionView'];
export type Note = components['schemas']['NoteView'];
export type Activity = components['schemas']['ActivityView'];

/** Something that another area knows of the conversation, with how it is drawn. */
export interface Extra {
  kind: 'extra';
  id: string;
  at: string;
  drawn: ReactNode;
}

export type Line =
  | { kind: 'interaction'; id: string; at: string; interaction: Interaction }
  | { kind: 'action'; id: string; at: string; action: Action }
  | { kind: 'note'; id: string; at: string; note: Note }
  | { kind: 'activity'; id: string; at: string; activity: Activity }
  | Extra;

const WRITTEN = new Set(['reply', 'private_reply', 'message']);
const SETTLED = new Set(['sent', 'cancelled']);
// Their effect is seen where the interaction itself stands.
const TOLD_ELSEWHERE = new Set(['note_added', 'note_changed', 'note_removed', 'replied']);

/**
 * The oldest first. An answer is shown as an action until the network shows it; what else was done
 * on the network is shown only while it is not done. Nothing older than the oldest interaction that
 * was read is shown while there are more to read: it would stand in the wrong place.
 */
export function linesOf(
  interactions: readonly Interaction[],
  entries: readonly Entry[],
  more: boolean,
  extras: readonly Extra[] = [],
): Line[] {
  const shown = new Set(interactions.map((each) => each.action_id).filter(Boolean));
  const oldest = more ? (interactions.map((each) => each.written_at).sort()[0] ?? '') : '';
  const lines: Line[] = [
    ...interactions.map((interaction) => ({
      kind: 'interaction' as const,
      id: interaction.id,
      at: interaction.written_at,
      interaction,
    })),
    ...[...entries.flatMap((entry) => lineOf(entry, shown)), ...extras].filter(
      (line) => line.at >= oldest,
    ),
  ];
  return lines.sort((one, other) => compare(one.at, other.at) || compare(one.id, other.id));
}

function lineOf(entry: Entry, shown: ReadonlySet<string | null>): Line[] {
  const { id, at, action, note, activity } = entry;
  if (note) return [{ kind: 'note', id, at, note }];
  if (activity && !TOLD_ELSEWHERE.has(activity.kind))
    return [{ kind: 'activity', id, at, activity }];
  if (!action || shown.has(action.id)) return [];
  const open = WRITTEN.has(action.kind) ? action.state !== 'cancelled' : !SETTLED.has(action.state);
  return open ? [{ kind: 'action', id, at, action }] : [];
}

function compare(one: string, other: string): number {
  // Of the same form, both in UTC; seconds may or may not have a fraction.
  return Date.parse(one) - Date.parse(other) || (one < other ? -1 : Number(one > other));
}
