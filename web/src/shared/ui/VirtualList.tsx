import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';
import type { Row } from '@/shared/lib/rows';
import classes from './VirtualList.module.css';

interface Props<R extends Row> {
  label: string;
  rows: readonly R[];
  /** The row that is open; it is scrolled to when it changes. */
  current: string | undefined;
  rowPixels: number;
  draw: (row: R) => ReactNode;
  /** Stands in the list's place when it has no rows. */
  empty: ReactNode;
  readMore: (() => void) | undefined;
}

const AHEAD = 30;

/** A list of any length, of which only what can be seen is drawn. */
export function VirtualList<R extends Row>(props: Props<R>) {
  const { label, rows, current, rowPixels, draw, empty, readMore } = props;
  const box = useRef<HTMLDivElement>(null);
  // What it returns goes nowhere but into this component.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowPixels,
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
  return (
    <div ref={box} className={classes.scroll} tabIndex={-1}>
      {rows.length === 0 && empty}
      <ul className={classes.rows} style={{ height: virtual.getTotalSize() }} aria-label={label}>
        {items.map(({ index, key, start, size }) => {
          const row = rows[index];
          const style = { transform: `translateY(${start}px)`, height: size };
          return (
            row && (
              <li key={key} className={classes.row} style={style}>
                {draw(row)}
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
