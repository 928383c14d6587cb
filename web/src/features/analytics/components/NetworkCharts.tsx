import { BarChart, LineChart } from '@mantine/charts';
import { useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { components } from '@/shared/api/schema';
import { Answer } from '@/shared/ui/States';
import { sayCount } from '../figures';
import { followersByDay, GAINED, gainedByDay } from '../network';
import { contentQuery, profileDaysQuery } from '../networkQueries';
import type { MeasuredProfile } from '../queries';
import { profileName } from '../useNames';
import { useNetworkWords } from '../useNetworkWords';
import { useReport } from '../useReport';
import { axis, COLOURS } from './chartLooks';
import { Legend, type Drawn } from './Legend';
import { Panel } from './Panel';
import { PointTable } from './PointTable';
import classes from './SpeedCard.module.css';

const LINES = [
  { color: 'pine.5' },
  { color: 'clay.6', strokeDasharray: '7 4' },
  { color: 'indigo.6', strokeDasharray: '2 3' },
  { color: 'gray.6', strokeDasharray: '10 3 2 3' },
] as const;

/** The followers of the chosen profile, or of all, day by day. */
export function FollowersChart({ profiles }: { profiles: readonly MeasuredProfile[] }) {
  const { t } = useTranslation('analytics');
  const { period, locale } = useReport();
  const found = useQueries({
    queries: profiles.map(({ id }) => profileDaysQuery(id, period)),
    combine: allOf,
  });
  const told = new Map(profiles.map(({ id }, place) => [id, found.known[place] ?? []]));
  const points = followersByDay(period, told, locale);
  const series: Drawn[] = profiles.map((profile, place) => ({
    name: profile.id,
    label: profileName(profile) ?? '',
    ...(LINES[place % LINES.length] ?? LINES[0]),
  }));
  const known = points.filter((point) => profiles.some(({ id }) => point[id] !== null)).length;
  return (
    <Panel
      title={t('networks.followersByDay')}
      {...(known > 0 && { table: <PointTable points={points} series={series} /> })}
    >
      <Answer to={found}>
        {() => {
          if (known < 2) return <p className={classes.quiet}>{t('networks.tooFew')}</p>;
          return (
            <>
              <LineChart
                h={220}
                data={points}
                dataKey="label"
                aria-label={t('networks.followersByDay')}
                role="group"
                curveType="linear"
                series={series}
                dotProps={{ r: 2 }}
                valueFormatter={(value) => sayCount(value, locale)}
                {...axis}
                yAxisProps={{ width: 64, domain: ['auto', 'auto'] }}
              />
              <Legend series={series} />
            </>
          );
        }}
      </Answer>
    </Panel>
  );
}

type ProfileDays = components['schemas']['ProfileDayView'][];

/** Several answers as one: there once all are, and failed as soon as one has. */
function allOf(each: readonly UseQueryResult<ProfileDays>[]) {
  const known = each.map(({ data }) => data);
  return {
    known,
    data: known.includes(undefined) ? undefined : known,
    error: each.find(({ error }) => error)?.error ?? null,
    refetch: () => Promise.all(each.filter(({ error }) => error).map(({ refetch }) => refetch())),
  };
}

/** By how much likes, replies and reposts of all posts rose on each day. */
export function GainedChart() {
  const { t } = useTranslation('analytics');
  const { period, locale, search } = useReport();
  const { name } = useNetworkWords();
  const found = useQuery(contentQuery(period));
  const points = gainedByDay(period, found.data ?? [], search.network, locale);
  const series: Drawn[] = GAINED.map((metric, place) => ({
    name: metric,
    label: name('post', metric),
    type: 'bar',
    color: [COLOURS.received, COLOURS.replies, COLOURS.handled][place] ?? COLOURS.before,
  }));
  const any = points.some((point) => GAINED.some((metric) => point[metric] !== 0));
  return (
    <Panel
      title={t('networks.gained')}
      {...(any && { table: <PointTable points={points} series={series} /> })}
    >
      <Answer to={found}>
        {() => {
          if (!any) return <p className={classes.quiet}>{t('networks.nothingGained')}</p>;
          return (
            <>
              <BarChart
                h={220}
                data={points}
                dataKey="label"
                aria-label={t('networks.gained')}
                role="group"
                type="stacked"
                maxBarWidth={26}
                series={series}
                valueFormatter={(value) => sayCount(value, locale)}
                {...axis}
                yAxisProps={{ width: 56, allowDecimals: false }}
              />
              <Legend series={series} />
            </>
          );
        }}
      </Answer>
    </Panel>
  );
}
