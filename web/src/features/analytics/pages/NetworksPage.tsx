import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Answer, Empty } from '@/shared/ui/States';
import { FollowersChart, GainedChart } from '../components/NetworkCharts';
import { PostsTable } from '../components/PostsTable';
import { ProfileCards } from '../components/ProfileCards';
import { measuredProfilesQuery, type MeasuredProfile } from '../queries';
import { useReport } from '../useReport';
import classes from './OverviewPage.module.css';

/** What the networks themselves count: of profiles, and of every post. */
export function NetworksPage() {
  const found = useQuery(measuredProfilesQuery);
  return <Answer to={found}>{(profiles) => <Networks profiles={profiles} />}</Answer>;
}

function Networks({ profiles }: { profiles: readonly MeasuredProfile[] }) {
  const { t } = useTranslation('analytics');
  const { search } = useReport();
  if (profiles.length === 0) {
    return <Empty title={t('networks.none')}>{t('networks.noneText')}</Empty>;
  }
  const counted = profiles.filter(({ measures }) => measures.length > 0);
  const chosen = counted.filter(({ id }) => id === search.network);
  return (
    <div className={classes.overview}>
      <ProfileCards profiles={profiles} />
      <div className={classes.two}>
        <FollowersChart profiles={chosen.length > 0 ? chosen : counted} />
        <GainedChart />
      </div>
      <PostsTable />
    </div>
  );
}
