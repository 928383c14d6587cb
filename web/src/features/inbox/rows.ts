/** The rows of the list, put together from the pages that were read and the newest head of it. */

import type { Summary } from './search';

export interface Head {
  items: Summary[];
  next_cursor?: string | null;
}

/** Where a row stands: the greater comes first. */
function placeOf(row: Summary): string {
  return `${row.hit_at ?? row.last_at} ${row.id}`;
}

/**
 * The head is the truth for as far as it reaches: what lies there in the older pages and is not in
 * the head no longer belongs to the list. Below it the pages go on.
 */
export function mergeHead(pages: readonly Summary[], head: Head | undefined): Summary[] {
  if (!head) return [...pages];
  const last = head.items.at(-1);
  if (!last || !head.next_cursor) return head.items;
  const known = new Set(head.items.map((row) => row.id));
  const below = pages.filter((row) => !known.has(row.id) && placeOf(row) < placeOf(last));
  return [...head.items, ...below];
}

/** The row after or before one in the list; the first when there is none yet. */
export function neighbour(rows: readonly Summary[], id: string | undefined, step: 1 | -1) {
  const place = rows.findIndex((row) => row.id === id);
  if (place < 0) return rows[0];
  return rows[Math.min(Math.max(place + step, 0), rows.length - 1)];
}

/** A row with what an event says, unless the row is as new already. */
export function patched(row: Summary, id: string, version: number, fields: Partial<Summary>) {
  return row.id === id && version > row.version ? { ...row, ...fields, version } : row;
}
