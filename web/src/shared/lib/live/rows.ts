import type { InfiniteData } from '@tanstack/react-query';
import { patched, type Page, type Row } from '../rows';
import type { Effect, LiveEvent } from './effects';

interface Carried<R extends Row> {
  /** Under which names an event says which row it is about, and how new that is. */
  id: string;
  version: string;
  /** The fields of a row that events carry. */
  fields: readonly (keyof R & string)[];
}

/** Puts what an event carries into its row in every list below these keys, unless it is older. */
export function rowPatches<R extends Row>(
  { data }: LiveEvent,
  carried: Carried<R>,
  keys: readonly (readonly string[])[],
): Effect[] {
  const { [carried.id]: id, [carried.version]: version } = data;
  if (typeof id !== 'string' || typeof version !== 'number') return [];
  const known = carried.fields.filter((name) => name in data);
  const fields = Object.fromEntries(known.map((name) => [name, data[name]])) as Partial<R>;
  const patch = (cached: unknown) => {
    const list = cached as InfiniteData<Page<R>>;
    const pages = list.pages.map((page) => ({
      ...page,
      items: page.items.map((row) => patched(row, id, version, fields)),
    }));
    return { ...list, pages };
  };
  return keys.map((key) => ({ do: 'patch', key, patch }));
}
