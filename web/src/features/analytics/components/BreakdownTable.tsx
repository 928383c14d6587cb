import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Face } from '@/shared/ui/Face';
import { saySeconds, type Figure } from '../figures';
import type { NumberView, Row } from '../queries';
import type { Dimension, Metric } from '../search';
import { nextSort, readSort, sorted } from '../sorting';
import { useNames } from '../useNames';
import { useReport, useWords } from '../useReport';
import classes from './BreakdownTable.module.css';
import { Change } from './Change';
import { Meaning } from './Meaning';
import { SortHead } from './SortHead';
import { Value } from './Value';

interface Props {
  by: Dimension;
  metrics: readonly Metric[];
  rows: readonly Row[];
}

/** Numbers side by side; the order is part of the address, and each number leads to its items. */
export function BreakdownTable({ by, metrics, rows }: Props) {
  const { search } = useReport();
  const { unit } = useWords();
  const nameOf = useNames();
  const sort = readSort(search.sort, metrics);
  const shown = sorted(rows, sort, (row) => nameOf(by, row.key));
  const highest = new Map(
    metrics.map((metric, place) => [
      metric,
      unit(metric) === 'share'
        ? 1
        : Math.max(...rows.map((row) => row.numbers[place]?.now.value ?? 0)),
    ]),
  );
  return (
    <div className={classes.scroll}>
      <Table stickyHeader verticalSpacing={7} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Head column="key" by={by} metrics={metrics} />
            {metrics.map((metric) => (
              <Head key={metric} column={metric} by={by} metrics={metrics} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((row) => (
            <Table.Tr key={row.key}>
              <Table.Th scope="row" className={classes.name}>
                {by === 'person' && row.key && (
                  <Face name={nameOf(by, row.key)} seed={row.key} size={22} />
                )}
                {nameOf(by, row.key)}
              </Table.Th>
              {row.numbers.map((number) => (
                <NumberCell
                  key={number.metric}
                  number={number}
                  cell={`${by}:${row.key ?? ''}`}
                  highest={highest.get(number.metric) ?? 0}
                />
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Head({ column, by, metrics }: { column: Metric | 'key' } & Omit<Props, 'rows'>) {
  const { t } = useTranslation('analytics');
  const { search, go } = useReport();
  const { name } = useWords();
  const sort = readSort(search.sort, metrics);
  const mine = sort?.column === column ? sort : undefined;
  // Names are read from A to Z first, numbers from the greatest.
  const upwards = mine && (column === 'key' ? !mine.upwards : mine.upwards);
  return (
    <SortHead
      label={column === 'key' ? t(`by.${by as 'profile'}`) : name(column)}
      sorted={mine ? (upwards ? 'ascending' : 'descending') : 'none'}
      sort={() => go({ sort: nextSort(sort, column) })}
    >
      {column !== 'key' && <Meaning metric={column} />}
    </SortHead>
  );
}

interface CellProps {
  number: NumberView;
  cell: string;
  highest: number;
}

function NumberCell({ number, cell, highest }: CellProps) {
  const { unit } = useWords();
  const { metric, now, before } = number;
  const share = highest > 0 ? ((now.value ?? 0) / highest) * 100 : 0;
  return (
    <Table.Td className={classes.number}>
      <Value metric={metric} figure={now} unit={unit(metric)} cell={cell} />
      <Beside figure={now} />
      <span className={classes.bar} aria-hidden>
        <span style={{ width: `${share}%` }} />
      </span>
      <Change metric={metric} unit={unit(metric)} now={now} before={before} short />
    </Table.Td>
  );
}

/** Mean and 90th percentile beside a median, the counts beside a share. */
function Beside({ figure }: { figure: Figure }) {
  const { t } = useTranslation('analytics');
  const { locale } = useReport();
  const { spread, of } = figure;
  if (spread) {
    return (
      <span className={classes.beside}>
        {t('speed.mean')} {saySeconds(spread.mean, locale)} · {t('speed.p90')}{' '}
        {saySeconds(spread.p90, locale)}
      </span>
    );
  }
  if (!of) return null;
  return (
    <span className={classes.beside}>
      {figure.count} / {of}
    </span>
  );
}
