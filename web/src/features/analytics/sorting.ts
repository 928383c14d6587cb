/** The order of a table, as it stands in the address: `replies` downwards, `-replies` upwards. */

import type { Row } from './queries';
import type { Metric } from './search';

export interface Sort {
  /** A number, or `key` for the names of the rows. */
  column: Metric | 'key';
  upwards: boolean;
}

export function readSort(said: string | undefined, columns: readonly Metric[]): Sort | undefined {
  if (!said) return undefined;
  const upwards = said.startsWith('-');
  const column = upwards ? said.slice(1) : said;
  if (column === 'key') return { column, upwards };
  const known = columns.find((each) => each === column);
  return known && { column: known, upwards };
}

/** What a press on the head of a column leads to: down, up, and as the report has it. */
export function nextSort(sort: Sort | undefined, column: Sort['column']): string | undefined {
  if (sort?.column !== column) return column;
  return sort.upwards ? undefined : `-${column}`;
}

/** Rows without a value come last, whichever way. */
export function sorted(
  rows: readonly Row[],
  sort: Sort | undefined,
  nameOf: (row: Row) => string,
): readonly Row[] {
  if (!sort) return rows;
  const sign = sort.upwards ? 1 : -1;
  if (sort.column === 'key') {
    return rows.toSorted((one, other) => -sign * nameOf(one).localeCompare(nameOf(other)));
  }
  const value = (row: Row) =>
    row.numbers.find(({ metric }) => metric === sort.column)?.now.value ?? null;
  return rows.toSorted((one, other) => {
    const [a, b] = [value(one), value(other)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * (a - b);
  });
}
