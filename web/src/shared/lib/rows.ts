/** The rows of a list, put together from the pages that were read and the newest head of it. */

export interface Row {
  id: string;
  version: number;
}

export interface Page<R> {
  items: R[];
  next_cursor?: string | null;
}

/**
 * The head is the truth for as far as it reaches: what lies there in the older pages and is not in
 * the head no longer belongs to the list. Below it the pages go on; `comesAfter` knows the order.
 */
export function mergeHead<R extends Row>(
  pages: readonly R[],
  head: Page<R> | undefined,
  comesAfter: (one: R, other: R) => boolean,
): R[] {
  if (!head) return [...pages];
  const last = head.items.at(-1);
  if (!last || !head.next_cursor) return head.items;
  const known = new Set(head.items.map((row) => row.id));
  const below = pages.filter((row) => !known.has(row.id) && comesAfter(row, last));
  return [...head.items, ...below];
}

/** The row after or before one in the list; the first when there is none yet. */
export function neighbour<R extends Row>(
  rows: readonly R[],
  id: string | undefined,
  step: 1 | -1,
): R | undefined {
  const place = rows.findIndex((row) => row.id === id);
  if (place < 0) return rows[0];
  return rows[Math.min(Math.max(place + step, 0), rows.length - 1)];
}

/** A row with what an event says, unless the row is as new already. */
export function patched<R extends Row>(row: R, id: string, version: number, fields: Partial<R>): R {
  return row.id === id && version > row.version ? { ...row, ...fields, version } : row;
}
