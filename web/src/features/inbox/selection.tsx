import { createContext, use, useMemo, useState, type ReactNode } from 'react';
import type { Summary } from './search';

interface Selection {
  rows: ReadonlyMap<string, Summary>;
  toggle: (row: Summary) => void;
  clear: () => void;
}

const Context = createContext<Selection | null>(null);

/** The conversations that are chosen for one change of all. */
export function SelectionProvider({ children }: { children: ReactNode }) {
  const [rows, setRows] = useState<ReadonlyMap<string, Summary>>(new Map());
  const selection = useMemo(
    () => ({
      rows,
      toggle: (row: Summary) => setRows((before) => toggled(before, row)),
      clear: () => setRows(new Map()),
    }),
    [rows],
  );
  return <Context value={selection}>{children}</Context>;
}

function toggled(rows: ReadonlyMap<string, Summary>, row: Summary): ReadonlyMap<string, Summary> {
  const next = new Map(rows);
  if (!next.delete(row.id)) next.set(row.id, row);
  return next;
}

export function useSelection(): Selection {
  const selection = use(Context);
  if (!selection) throw new Error('There is no selection here.');
  return selection;
}
