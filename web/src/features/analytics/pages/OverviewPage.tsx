import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Answer } from '@/shared/ui/States';
import { HeatMap } from '../components/HeatMap';
import { Panel } from '../components/Panel';
import { Promises } from '../components/Promises';
import { SpeedCard } from '../components/SpeedCard';
import { SpeedChart } from '../components/SpeedChart';
import { Tile } from '../components/Tile';
import { TopRows } from '../components/TopRows';
import { VolumeChart } from '../components/VolumeChart';
import { overviewQuery, type NumberView } from '../queries';
import { SPEEDS, type Metric } from '../search';
import { COLUMNS } from '../tables';
import { useReport } from '../useReport';
import classes from './OverviewPage.module.css';

const VOLUME: Metric[] = [
  'received',
  'conversations',
  'replies',
  'handled',
  'response_rate',
  'backlog',
];
const PUBLISHING: Metric[] = [
  'planned_publications',
  'published',
  'punctuality',
  'publication_delay',
  'failed_publications',
  'unknown_publications',
];

export function OverviewPage() {
  const { query, compare } = useReport();
  const found = useQuery(overviewQuery(query, compare));
  return <Answer to={found}>{({ numbers }) => <Overview numbers={numbers} />}</Answer>;
}

function Overview({ numbers }: { numbers: readonly NumberView[] }) {
  const { t } = useTranslation('analytics');
  const some = (metrics: readonly Metric[]) =>
    metrics.flatMap((metric) => numbers.filter((number) => number.metric === metric));
  return (
    <div className={classes.overview}>
      <section className={classes.tiles} aria-label={t('volume.title')}>
        {some(VOLUME).map((number) => (
          <Tile key={number.metric} number={number} />
        ))}
      </section>
      <VolumeChart />
      <section className={classes.three} aria-label={t('speed.title')}>
        <h2 className={classes.heading}>{t('speed.title')}</h2>
        {some(SPEEDS).map((number) => (
          <SpeedCard key={number.metric} number={number} />
        ))}
      </section>
      <SpeedChart />
      <div className={classes.two}>
        <Promises numbers={some(COLUMNS.promises)} />
        <Panel title={t('publishing.title')}>
          <div className={classes.small}>
            {some(PUBLISHING).map((number) => (
              <Tile key={number.metric} number={number} />
            ))}
          </div>
        </Panel>
      </div>
      <HeatMap />
      <div className={classes.three}>
        <TopRows by="profile" metric={['received', 'first_response_time']} />
        <TopRows by="person" metric={['replies', 'first_response_time']} />
        <TopRows by="team" metric={['handled', 'resolution_time']} />
      </div>
    </div>
  );
}
