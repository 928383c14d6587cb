import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { say } from '../figures';
import { cellOf, sayStart, type Interval } from '../points';
import type { Line } from '../queries';
import { useReport, useWords } from '../useReport';
import { Value } from './Value';
import classes from './tables.module.css';

interface Props {
  lines: readonly Line[];
  interval: Interval;
}

/** A chart over time as a table; each number leads to its items. */
export function LineTable({ lines, interval }: Props) {
  const { t } = useTranslation('analytics');
  const { name, unit } = useWords();
  const { locale, period, compare } = useReport();
  const days = lines[0]?.points ?? [];
  return (
    <div className={classes.scroll}>
      <Table stickyHeader verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t(`table.${interval}`)}</Table.Th>
            {lines.map(({ metric }) => (
              <Table.Th key={metric} className={classes.number}>
                {name(metric)}
              </Table.Th>
            ))}
            {compare &&
              lines.map(({ metric }) => (
                <Table.Th key={metric} className={classes.number}>
                  {t('table.before', { name: name(metric) })}
                </Table.Th>
              ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {days.map(({ first }, place) => (
            <Table.Tr key={first}>
              <Table.Th scope="row">{sayStart(first, interval, locale)}</Table.Th>
              {lines.map(({ metric, points }) => (
                <Table.Td key={metric} className={classes.number}>
                  <Value
                    metric={metric}
                    figure={points[place]?.now}
                    unit={unit(metric)}
                    cell={cellOf(first, interval, period)}
                  />
                </Table.Td>
              ))}
              {compare &&
                lines.map(({ metric, points }) => (
                  <Table.Td key={metric} className={classes.number}>
                    {say(points[place]?.before?.value, unit(metric), locale)}
                  </Table.Td>
                ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
