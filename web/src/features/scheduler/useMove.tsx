import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { fullTime } from '@/shared/lib/time';
import { useTellProblem } from '@/shared/lib/useTellProblem';
import { usePlace } from '@/shared/ui/Moment';
import { notifyDone } from '@/shared/ui/notify';
import { schedulePost, showPost, unschedulePost, type When } from './actions';
import { draftOf } from './draft';
import { postQuery, POSTS, type Post } from './queries';
import { instantOf, wallOf, type Wall } from '@/shared/lib/zones';

const MOVE = ['move-post'];

interface Move {
  post: Post;
  /** Null takes the post back into draft. */
  to: When | null;
}

/** The moment meant by a wall time here, said in the zone that the post is planned in. */
export function whenOf(post: Post, wall: Wall, zone: string): When {
  const named = post.zone ?? zone;
  if (named === zone) return { wall, zone };
  return { wall: wallOf(instantOf(wall, zone).at, named), zone: named };
}

/** The list with the post where it is to be. */
function placed(posts: Post[] | undefined, { post, to }: Move): Post[] | undefined {
  const others = posts?.filter(({ id }) => id !== post.id);
  if (!to || !others) return others;
  const due_at = instantOf(to.wall, to.zone).at.toISOString();
  const there = { ...post, due_at, wall_time: to.wall, zone: to.zone };
  return [...others, there].sort((one, other) =>
    (one.due_at ?? '').localeCompare(other.due_at ?? ''),
  );
}

/** Plans posts for another time: shown at once, told when it is so, with the way back. */
export function useMove() {
  const client = useQueryClient();
  const { t } = useTranslation(['scheduler', 'common']);
  const tell = useTellProblem(t('notMoved'));
  const place = usePlace();
  const { mutate } = useMutation({
    mutationKey: MOVE,
    // One after the other: whoever presses a key twice means the post as the first has left it.
    scope: { id: MOVE.join() },
    mutationFn: ({ post, to }: Move) => {
      const known = client.getQueryData(postQuery(post.id).queryKey)?.version ?? 0;
      const newest = { ...post, version: Math.max(post.version, known) };
      return to ? schedulePost(newest, to) : unschedulePost(newest);
    },
    onMutate: async (move) => {
      await client.cancelQueries({ queryKey: [POSTS, 'calendar'] });
      client.setQueriesData<Post[]>({ queryKey: [POSTS, 'calendar'] }, (posts) =>
        placed(posts, move),
      );
    },
    onSuccess: (post, { post: before }) => {
      showPost(client, post);
      const id = `moved-${post.id}-${post.version}`;
      const back = () => {
        notifications.hide(id);
        mutate({ post, to: draftOf(before).when });
      };
      const when = post.due_at ? fullTime(post.due_at, place) : '';
      notifyDone(
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm">{when ? t('moved', { when }) : t('takenBack')}</Text>
          <Button size="compact-sm" variant="light" onClick={back}>
            {t('common:undo')}
          </Button>
        </Group>,
        id,
      );
    },
    onError: (error) => {
      tell(error);
      void client.invalidateQueries({ queryKey: [POSTS] });
    },
  });
  return mutate;
}

/** The posts whose move has not been confirmed yet. */
export function useMoving(): ReadonlySet<string> {
  const ids = useMutationState({
    filters: { mutationKey: MOVE, status: 'pending' },
    select: (mutation) => (mutation.state.variables as Move).post.id,
  });
  return new Set(ids);
}
