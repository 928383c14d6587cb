import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { sayCount } from '../figures';
import type { Point } from '../points';
import { useReport } from '../useReport';
import type { Drawn } from './Legend';
import classes from './tables.module.css';

/** The points of a chart as a table. */
export function PointTable({
  points,
  series,
}: {
  points: readonly Point[];
  series: readonly Drawn[];
}) {
  const { t } = useTranslation('analytics');
  const { locale } = useReport();
  return (
    <div className={classes.scroll}>
      <Table stickyHeader verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('table.day')}</Table.Th>
            {series.map(({ name, label }) => (
              <Table.Th key={name} className={classes.number}>
                {label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {points.map((point) => (
            <Table.Tr key={point.first}>
              <Table.Th scope="row">{point.label}</Table.Th>
              {series.map(({ name }) => {
                const value = point[name];
                return (
                  <Table.Td key={name} className={classes.number}>
                    {typeof value === 'number' ? sayCount(value, locale) : '–'}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
