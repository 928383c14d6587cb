import { Button, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Face } from '@/shared/ui/Face';
import { Failed, Loading } from '@/shared/ui/States';
import { say } from '../figures';
import { breakdownQuery, type Row } from '../queries';
import type { Metric } from '../search';
import { useNames } from '../useNames';
import { clean, useReport, useWords } from '../useReport';
import { Behind } from './Behind';
import { Panel } from './Panel';
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
  const { name } = useWords();
  const found = useQuery(breakdownQuery(query, { by, metric, compare: false }));
  const rows = (found.data?.rows ?? []).filter(({ numbers }) =>
    numbers.some(({ now }) => now.count),
  );
  const highest = Math.max(...rows.map((row) => row.numbers[0]?.now.value ?? 0));
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
      {found.error && !found.data ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Loading />
      ) : rows.length === 0 ? (
        <p className={classes.none}>{t('top.none')}</p>
      ) : (
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
      )}
    </Panel>
  );
}

function TopRow({ by, row, highest }: { by: Props['by']; row: Row; highest: number }) {
  const { locale } = useReport();
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
          <Behind metric={metric} cell={[`${by}:${row.key ?? ''}`]}>
            {say(now.value, unit(metric), locale)}
          </Behind>
        </Table.Td>
      ))}
    </Table.Tr>
  );
}
