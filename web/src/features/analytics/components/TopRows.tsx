import { Button, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Face } from '@/shared/ui/Face';
import { Answer } from '@/shared/ui/States';
import { breakdownQuery, type Row } from '../queries';
import type { Metric } from '../search';
import { useNames } from '../useNames';
import { clean, useReport, useWords } from '../useReport';
import { Panel } from './Panel';
import { Value } from './Value';
import classes from './TopRows.module.css';

interface Props {
  by: 'profile' | 'person' | 'team';
  metric: [Metric, Metric];
}

const SHOWN = 6;

/** Who or what has most, as bars with a second number beside; all of it is one press away. */
export function TopRows({ by, metric }: Props) {
  const { t } = useTranslation('analytics');
  const { query, search } = useReport();
  const found = useQuery(breakdownQuery(query, { by, metric, compare: false }));
  const tools = (
    <Button
      component={Link}
      to="/analytics/breakdown"
      search={clean({ ...search, by, behind: undefined, cell: undefined }) as never}
      variant="subtle"
      size="compact-xs"
    >
      {t('top.all')}
    </Button>
  );
  return (
    <Panel title={t(`top.${by}`)} tools={tools}>
      <Answer to={found}>
        {({ rows }) => <Rows by={by} metric={metric} rows={rows.filter(isAny)} />}
      </Answer>
    </Panel>
  );
}

function isAny({ numbers }: Row): boolean {
  return numbers.some(({ now }) => now.count);
}

function Rows({ by, metric, rows }: Props & { rows: readonly Row[] }) {
  const { t } = useTranslation('analytics');
  const { name } = useWords();
  if (rows.length === 0) return <p className={classes.none}>{t('top.none')}</p>;
  const highest = Math.max(...rows.map((row) => row.numbers[0]?.now.value ?? 0));
  return (
    <Table
      className={classes.table}
      verticalSpacing={6}
      horizontalSpacing={6}
      withRowBorders={false}
    >
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t(`by.${by}`)}</Table.Th>
          {metric.map((each) => (
            <Table.Th key={each} className={classes.number}>
              {name(each)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.slice(0, SHOWN).map((row) => (
          <TopRow key={row.key} by={by} row={row} highest={highest} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function TopRow({ by, row, highest }: { by: Props['by']; row: Row; highest: number }) {
  const { unit } = useWords();
  const called = useNames()(by, row.key);
  const share = ((row.numbers[0]?.now.value ?? 0) / (highest || 1)) * 100;
  return (
    <Table.Tr>
      <Table.Th scope="row" className={classes.name}>
        <span className={classes.who}>
          {by === 'person' && <Face name={called} seed={row.key ?? ''} size={20} />}
          <span className={classes.called}>{called}</span>
        </span>
        <span className={classes.track} aria-hidden>
          <span className={classes.fill} style={{ width: `${share}%` }} />
        </span>
      </Table.Th>
      {row.numbers.map(({ metric, now }) => (
        <Table.Td key={metric} className={classes.number}>
          <Value metric={metric} figure={now} unit={unit(metric)} cell={`${by}:${row.key ?? ''}`} />
        </Table.Td>
      ))}
    </Table.Tr>
  );
}
