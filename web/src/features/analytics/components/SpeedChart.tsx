import { SegmentedControl } from '@mantine/core';
import { LineChart } from '@mantine/charts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Answer } from '@/shared/ui/States';
import { saySeconds } from '../figures';
import { intervalOf } from '../periods';
import { pointsOf, seriesName, type Interval } from '../points';
import { seriesQuery, type Line } from '../queries';
import { SPEEDS, type Metric } from '../search';
import { useReport, useWords } from '../useReport';
import { axis, COLOURS } from './chartLooks';
import { Legend, type Drawn } from './Legend';
import { LineTable } from './LineTable';
import { Panel } from './Panel';
import classes from './SpeedCard.module.css';

/** Median and 90th percentile over time. */
export function SpeedChart() {
  const { t } = useTranslation('analytics');
  const { query, compare, period, search, go } = useReport();
  const { name } = useWords();
  const metric = search.speed ?? 'first_response_time';
  const interval = intervalOf(period);
  const found = useQuery(seriesQuery(query, compare, [metric], interval));
  const lines = found.data?.lines ?? [];
  const tools = (
    <SegmentedControl
      size="xs"
      aria-label={t('speed.chart')}
      value={metric}
      data={SPEEDS.map((value) => ({ value, label: name(value) }))}
      onChange={(value) => go({ speed: value === SPEEDS[0] ? undefined : value })}
    />
  );
  return (
    <Panel
      title={t('speed.chart')}
      tools={tools}
      table={<LineTable lines={lines} interval={interval} />}
    >
      <Answer to={found}>
        {({ lines: drawn }) => <Chart metric={metric} lines={drawn} interval={interval} />}
      </Answer>
    </Panel>
  );
}

interface ChartProps {
  metric: Metric;
  lines: readonly Line[];
  interval: Interval;
}

function Chart({ metric, lines, interval }: ChartProps) {
  const { t } = useTranslation('analytics');
  const { locale, compare } = useReport();
  const p90 = seriesName(metric, 'p90');
  const before = seriesName(metric, 'before');
  const points = pointsOf(lines, interval, locale);
  if (points.every((point) => point[metric] === null && point[before] === null)) {
    return <p className={classes.quiet}>{t('speed.none')}</p>;
  }
  const drawn: Drawn[] = [
    { name: metric, label: t('speed.median'), color: COLOURS.received },
    { name: p90, label: t('speed.p90'), color: COLOURS.replies, strokeDasharray: '7 4' },
    {
      name: before,
      label: t('chart.before', { name: t('speed.median') }),
      color: COLOURS.before,
      strokeDasharray: '2 4',
    },
  ];
  const series = drawn.filter(({ name }) => compare || name !== before);
  return (
    <>
      <LineChart
        h={220}
        data={points}
        dataKey="label"
        aria-label={t('speed.chart')}
        role="group"
        curveType="linear"
        series={series}
        dotProps={{ r: 2.5 }}
        lineProps={({ name }) => (name === before ? { dot: false } : {})}
        valueFormatter={(value) => saySeconds(value, locale)}
        {...axis}
        yAxisProps={{ width: 74 }}
      />
      <Legend series={series} />
    </>
  );
}
