import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDirectory } from '@/shared/api/directory';
import { Answer } from '@/shared/ui/States';
import { Composer } from '../components/Composer';
import { PostDrawer } from '../components/PostDrawer';
import { StateBadge } from '../components/StateSign';
import { draftOf } from '../draft';
import { postQuery, type Post } from '../queries';
import { isAtRisk } from '../states';

export function PostPage() {
  const { t } = useTranslation('scheduler');
  const { postId } = useParams({ from: '/desk/calendar/posts/$postId' });
  const found = useQuery(postQuery(postId));
  return (
    <PostDrawer title={t('post')} beside={found.data && <About post={found.data} />}>
      {(close) => (
        <Answer to={found}>
          {(post) => <Composer key={post.id} post={post} start={draftOf(post)} close={close} />}
        </Answer>
      )}
    </PostDrawer>
  );
}

function About({ post }: { post: Post }) {
  const { t } = useTranslation('scheduler');
  const author = useDirectory().nameOf(post.created_by);
  return (
    <>
      <StateBadge state={post.state} atRisk={isAtRisk(post)} />
      {author && (
        <Text size="sm" c="dimmed">
          {t('by', { name: author })}
        </Text>
      )}
    </>
  );
}
