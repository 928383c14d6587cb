import { CompositeChart } from '@mantine/charts';
import { useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Answer } from '@/shared/ui/States';
import { sayCount } from '../figures';
import { intervalOf } from '../periods';
import { cellOf, pointsOf, seriesName, type Interval } from '../points';
import { seriesQuery, type Line } from '../queries';
import { clean, useReport, useWords } from '../useReport';
import { axis, COLOURS } from './chartLooks';
import { Legend, type Drawn } from './Legend';
import { LineTable } from './LineTable';
import { Panel } from './Panel';

const BEFORE = seriesName('received', 'before');

/** What came in as bars, what was done about it as lines: told apart by their form. */
export function VolumeChart() {
  const { t } = useTranslation('analytics');
  const { query, compare, period } = useReport();
  const interval = intervalOf(period);
  const found = useQuery(seriesQuery(query, compare, ['received', 'replies', 'handled'], interval));
  const lines = found.data?.lines ?? [];
  return (
    <Panel title={t('volume.chart')} table={<LineTable lines={lines} interval={interval} />}>
      <Answer to={found}>
        {({ lines: drawn }) => <Chart lines={drawn} interval={interval} />}
      </Answer>
    </Panel>
  );
}

function Chart({ lines, interval }: { lines: readonly Line[]; interval: Interval }) {
  const { t } = useTranslation('analytics');
  const { period, locale } = useReport();
  const drill = useDrill();
  const series = useDrawn();
  const points = pointsOf(lines, interval, locale);
  return (
    <>
      <CompositeChart
        h={240}
        data={points}
        dataKey="label"
        aria-label={t('volume.chart')}
        role="group"
        series={series}
        curveType="linear"
        maxBarWidth={26}
        dotProps={{ r: 2.5 }}
        lineProps={({ name }) => (name === BEFORE ? { dot: false } : {})}
        barProps={{
          radius: [4, 4, 0, 0],
          cursor: 'pointer',
          onClick: (bar) => {
            const point = points[bar.originalDataIndex];
            if (point) drill(cellOf(point.first, interval, period));
          },
        }}
        valueFormatter={(value) => sayCount(value, locale)}
        {...axis}
      />
      <Legend series={series} />
    </>
  );
}

function useDrawn() {
  const { t } = useTranslation('analytics');
  const { compare } = useReport();
  const { name } = useWords();
  const drawn = [
    { name: 'received', label: name('received'), type: 'bar', color: COLOURS.received },
    { name: 'replies', label: name('replies'), type: 'line', color: COLOURS.replies },
    {
      name: 'handled',
      label: name('handled'),
      type: 'line',
      color: COLOURS.handled,
      strokeDasharray: '7 4',
    },
    {
      name: BEFORE,
      label: t('chart.before', { name: name('received') }),
      type: 'line',
      color: COLOURS.before,
      strokeDasharray: '2 4',
    },
  ] as const satisfies Drawn[];
  return drawn.filter((each) => compare || each.name !== BEFORE);
}

function useDrill() {
  const navigate = useNavigate();
  const { search, part } = useReport();
  return (cell: string) =>
    void navigate({
      to: part,
      search: clean({ ...search, behind: 'received', measure: undefined, cell: [cell] }),
      resetScroll: false,
    });
}
