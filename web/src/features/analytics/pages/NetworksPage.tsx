import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Empty, Failed, Loading } from '@/shared/ui/States';
import { FollowersChart, GainedChart } from '../components/NetworkCharts';
import { PostsTable } from '../components/PostsTable';
import { ProfileCards } from '../components/ProfileCards';
import { measuredProfilesQuery } from '../queries';
import { useReport } from '../useReport';
import classes from './OverviewPage.module.css';

/** What the networks themselves count: of profiles, and of every post. */
export function NetworksPage() {
  const { t } = useTranslation('analytics');
  const { search } = useReport();
  const found = useQuery(measuredProfilesQuery);
  if (found.error && !found.data) {
    return <Failed error={found.error} retry={() => void found.refetch()} />;
  }
  if (!found.data) return <Loading />;
  if (found.data.length === 0) {
    return <Empty title={t('networks.none')}>{t('networks.noneText')}</Empty>;
  }
  const counted = found.data.filter(({ measures }) => measures.length > 0);
  const chosen = counted.filter(({ id }) => id === search.network);
  return (
    <div className={classes.overview}>
      <ProfileCards profiles={found.data} />
      <div className={classes.two}>
        <FollowersChart profiles={chosen.length > 0 ? chosen : counted} />
        <GainedChart />
      </div>
      <PostsTable />
    </div>
  );
}
