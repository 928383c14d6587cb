import { Anchor, Table } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/ui/Moment';
import { More } from '@/shared/ui/More';
import { NetworkBadge } from '@/shared/ui/NetworkBadge';
import { Answer, Empty } from '@/shared/ui/States';
import { sayCount, sayShare } from '../figures';
import { measuredPostsQuery, type MeasuredPost, type PostMetric } from '../networkQueries';
import { useNames } from '../useNames';
import { useNetworkWords } from '../useNetworkWords';
import { useReport } from '../useReport';
import { PostMeaning } from './Meaning';
import { Panel } from './Panel';
import { SortHead } from './SortHead';
import classes from './PostsTable.module.css';

const COLUMNS = [
  'likes',
  'replies',
  'reposts',
  'views',
  'reach',
  'engagements',
  'engagement_rate_by_reach',
] as const satisfies readonly PostMetric[];

/** The posts of the period in the order of any measure; each leads to its network and its plan. */
export function PostsTable() {
  const { t } = useTranslation('analytics');
  const { period, search } = useReport();
  const sort = COLUMNS.find((each) => each === search.sort);
  const found = useInfiniteQuery(measuredPostsQuery(period, search.network, sort));
  return (
    <Panel title={t('networks.posts')}>
      <Answer to={found}>
        {({ pages }) => <Posts posts={pages.flatMap((page) => page.items)} sort={sort} />}
      </Answer>
      <More of={found} size="xs" />
    </Panel>
  );
}

interface PostsProps {
  posts: readonly MeasuredPost[];
  sort: PostMetric | undefined;
}

function Posts({ posts, sort }: PostsProps) {
  const { t } = useTranslation('analytics');
  if (posts.length === 0) return <Empty order={3} title={t('networks.noPosts')} />;
  return (
    <div className={classes.scroll}>
      <Table verticalSpacing={7} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('networks.post')}</Table.Th>
            {COLUMNS.map((metric) => (
              <Head key={metric} metric={metric} sorted={sort === metric} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {posts.map((post) => (
            <PostRow key={post.id} post={post} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Head({ metric, sorted }: { metric: PostMetric; sorted: boolean }) {
  const { go } = useReport();
  return (
    <SortHead
      label={useNetworkWords().name('post', metric)}
      sorted={sorted ? 'descending' : 'none'}
      sort={() => go({ sort: sorted ? undefined : metric })}
    >
      <PostMeaning metric={metric} />
    </SortHead>
  );
}

function PostRow({ post }: { post: MeasuredPost }) {
  const { t } = useTranslation('analytics');
  const { locale } = useReport();
  const profile = useNames()('profile', post.profile_id);
  const text = post.excerpt ?? t('networks.untitled');
  return (
    <Table.Tr>
      <Table.Th scope="row" className={classes.post}>
        <span className={classes.text}>
          {post.post_id ? (
            <Link to="/calendar/posts/$postId" params={{ postId: post.post_id }}>
              {text}
            </Link>
          ) : (
            text
          )}
        </span>
        <span className={classes.facts}>
          <NetworkBadge network={post.network} size={14} />
          {profile} · <Moment at={post.published_at} />
          {post.permalink && (
            <Anchor
              href={post.permalink}
              target="_blank"
              rel="noreferrer"
              size="xs"
              aria-label={`${t('networks.open')}: ${text}`}
            >
              <IconExternalLink size={13} aria-hidden />
            </Anchor>
          )}
          {post.gone_at && <em>{t('networks.gone')}</em>}
        </span>
      </Table.Th>
      {COLUMNS.map((metric) => (
        <Table.Td key={metric} className={classes.number}>
          {sayMeasure(post, metric, locale)}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

/** What a network does not give is not zero. */
function sayMeasure(post: MeasuredPost, metric: PostMetric, locale: string): string {
  const found = post.measures.find((each) => each.metric === metric);
  if (!found) return '–';
  const isRate = metric.startsWith('engagement_rate');
  return isRate ? sayShare(found.value, locale) : sayCount(found.value, locale);
}
