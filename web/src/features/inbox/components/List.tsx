import { useQuery, useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { useListKeys } from '../useListKeys';
import { headQuery, listQueryOptions } from '../queries';
import { mergeHead } from '../rows';
import { belongs, type InboxSearch } from '../search';
import { useSelection } from '../selection';
import { BulkBar } from './BulkBar';
import classes from './List.module.css';
import { ListHead } from './ListHead';
import { NothingHere } from './NothingHere';
import { Row } from './Row';

interface Props {
  search: InboxSearch;
  current: string | undefined;
}

const ROW_PIXELS = 92;
const AHEAD = 30;

/** Everything the list holds, newest first, and the asking for more of it. */
function useRows(search: InboxSearch) {
  const { id: me } = useSession();
  const list = useSuspenseInfiniteQuery(listQueryOptions(search));
  const head = useQuery({
    ...headQuery(search),
    initialData: list.data.pages[0],
    initialDataUpdatedAt: list.dataUpdatedAt,
  });
  const pages = list.data.pages.flatMap((page) => page.items);
  const rows = mergeHead(pages, head.data).filter((row) => belongs(row, search, me));
  const more = list.hasNextPage && !list.isFetchingNextPage;
  return { rows, readMore: more ? () => void list.fetchNextPage() : undefined };
}

export function List({ search, current }: Props) {
  const { t } = useTranslation('inbox');
  const box = useRef<HTMLDivElement>(null);
  const { rows, readMore } = useRows(search);
  const selection = useSelection();
  // What it returns goes nowhere but into this component.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PIXELS,
    getItemKey: (place) => rows[place]?.id ?? place,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - AHEAD) readMore?.();
  }, [last, rows.length, readMore]);
  const place = rows.findIndex((row) => row.id === current);
  useEffect(() => {
    if (place >= 0) virtual.scrollToIndex(place, { align: 'auto' });
    // Only when another one is opened: what moves by itself does not move the list.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [current]);
  useListKeys(rows, search, current);
  return (
    <>
      <ListHead search={search} />
      {selection.rows.size > 0 && <BulkBar />}
      <div ref={box} className={classes.scroll} tabIndex={-1}>
        {rows.length === 0 && <NothingHere search={search} />}
        <ul
          className={classes.rows}
          style={{ height: virtual.getTotalSize() }}
          aria-label={t('list.label')}
        >
          {items.map(({ index, key, start }) => {
            const row = rows[index];
            return (
              row && (
                <li
                  key={key}
                  className={classes.row}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <Row row={row} search={search} current={row.id === current} />
                </li>
              )
            );
          })}
        </ul>
      </div>
    </>
  );
}
