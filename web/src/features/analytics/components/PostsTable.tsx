import { Anchor, Button, Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconExternalLink } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/ui/Moment';
import { NetworkBadge } from '@/shared/ui/NetworkBadge';
import { Empty, Failed, Loading } from '@/shared/ui/States';
import { sayCount, sayShare } from '../figures';
import { measuredPostsQuery, type MeasuredPost, type PostMetric } from '../networkQueries';
import { useNames } from '../useNames';
import { useNetworkWords } from '../useNetworkWords';
import { useReport } from '../useReport';
import { PostMeaning } from './Meaning';
import { Panel } from './Panel';
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
  const posts = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel title={t('networks.posts')}>
      {found.error && !found.data && (
        <Failed error={found.error} retry={() => void found.refetch()} />
      )}
      {found.isPending && <Loading />}
      {found.data && posts.length === 0 && <Empty order={3} title={t('networks.noPosts')} />}
      {posts.length > 0 && (
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
      )}
      {found.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          mt="sm"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t('behind.more')}
        </Button>
      )}
    </Panel>
  );
}

function Head({ metric, sorted }: { metric: PostMetric; sorted: boolean }) {
  const { t } = useTranslation('analytics');
  const { go } = useReport();
  const name = useNetworkWords().name('post', metric);
  return (
    <Table.Th className={classes.number} aria-sort={sorted ? 'descending' : 'none'}>
      <span className={classes.head}>
        <UnstyledButton
          className={classes.sort}
          aria-label={t('table.sort', { name })}
          onClick={() => go({ sort: sorted ? undefined : metric })}
        >
          {name}
          {sorted && <IconArrowDown size={13} aria-hidden />}
        </UnstyledButton>
        <PostMeaning metric={metric} />
      </span>
    </Table.Th>
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
