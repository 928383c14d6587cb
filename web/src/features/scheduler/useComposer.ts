import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { fullTime } from '@/shared/lib/time';
import { useTellProblem } from '@/shared/lib/useTellProblem';
import { usePlace } from '@/shared/ui/Moment';
import { notifyDone } from '@/shared/ui/notify';
import {
  cancelPost,
  createPost,
  editPost,
  publishNow,
  schedulePost,
  showPost,
  unschedulePost,
} from './actions';
import { bodyOf, sameContent, draftOf } from './draft';
import { POSTS, type Post } from './queries';
import type { Writing } from './useWriting';

export type Act = 'save' | 'schedule' | 'publish' | 'unschedule' | 'cancel' | 'copy';

/** What the buttons of the composer do; each says what it did, or what stood in its way. */
export function useComposer(post: Post | undefined, writing: Writing, close: () => void) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { t } = useTranslation('scheduler');
  const tell = useTellProblem(t('savedOnly'));
  const place = usePlace();
  const { draft, version } = writing;

  const open = (id: string, replace: boolean) =>
    void navigate({
      from: '/calendar',
      to: '/calendar/posts/$postId',
      params: { postId: id },
      search: (old) => ({ ...old, at: undefined }),
      replace,
    });

  /** What is written, in the API's hands; untouched where it has it already. */
  const stored = async (): Promise<Post> => {
    if (post && sameContent(draftOf(post), draft)) return { ...post, version };
    const body = bodyOf(draft);
    const saved = await (post ? editPost({ ...post, version }, body) : createPost(body));
    showPost(client, saved);
    return saved;
  };

  /** A new post has an address of its own as soon as it is stored, whatever comes then. */
  const then = async (next: (saved: Post) => Promise<Post>): Promise<Post> => {
    const saved = await stored();
    try {
      return await next(saved);
    } catch (error) {
      if (post) throw error;
      tell(error);
      return saved;
    }
  };

  const acts: Record<Act, () => Promise<Post>> = {
    save: stored,
    schedule: () =>
      then((saved) => (draft.when ? schedulePost(saved, draft.when) : Promise.resolve(saved))),
    publish: () => then(publishNow),
    unschedule: async () => unschedulePost(await stored()),
    cancel: async () => cancelPost(await stored()),
    copy: () => createPost(bodyOf(draft)),
  };

  return useMutation({
    mutationFn: (act: Act) => acts[act](),
    onSuccess: (now, act) => {
      writing.settle(now);
      showPost(client, now);
      if (act === 'save') notifyDone(t('draftSaved'));
      if (act === 'copy') notifyDone(t('copied'));
      if (act === 'schedule' && now.state === 'scheduled') {
        notifyDone(t('plannedFor', { when: fullTime(now.due_at ?? '', place) }));
        close();
      } else if (now.id !== post?.id) open(now.id, act !== 'copy');
    },
    onError: () => void client.invalidateQueries({ queryKey: [POSTS] }),
  });
}
