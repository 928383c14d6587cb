/** What can be done to a post. Each change says which version it has seen, and brings the new one. */

import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api, ask } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';
import { postQuery, POSTS, type Post, type PostBody } from './queries';
import type { Wall } from '@/shared/lib/zones';

export interface When {
  wall: Wall;
  zone: string;
}

export type Decision = components['schemas']['SchedulerDecisionBody']['decision'];

const at = (post: Post) => ({ params: { path: { post_id: post.id } } });
const seen = (post: Post) => ({ ...at(post), body: { expected_version: post.version } });

export const createPost = (body: PostBody) => ask(api.POST('/api/v1/publishing/posts', { body }));

export const editPost = (post: Post, body: PostBody) =>
  ask(
    api.PUT('/api/v1/publishing/posts/{post_id}', {
      ...at(post),
      body: { ...body, expected_version: post.version },
    }),
  );

export const schedulePost = (post: Post, { wall, zone }: When) =>
  ask(
    api.POST('/api/v1/publishing/posts/{post_id}/schedule', {
      ...at(post),
      body: { expected_version: post.version, wall_time: wall, zone },
    }),
  );

export const publishNow = (post: Post) =>
  ask(api.POST('/api/v1/publishing/posts/{post_id}/publish', seen(post)));

export const unschedulePost = (post: Post) =>
  ask(api.POST('/api/v1/publishing/posts/{post_id}/unschedule', seen(post)));

export const cancelPost = (post: Post) =>
  ask(api.POST('/api/v1/publishing/posts/{post_id}/cancel', seen(post)));

const publication = (publication_id: string) => ({ params: { path: { publication_id } } });

export const retryPublication = (id: string) =>
  ask(api.POST('/api/v1/publishing/publications/{publication_id}/retry', publication(id)));

export const decidePublication = (id: string, decision: Decision) =>
  ask(
    api.POST('/api/v1/publishing/publications/{publication_id}/decision', {
      ...publication(id),
      body: { decision },
    }),
  );

/** Show a post as the API has just told it; lists ask for themselves. */
export function showPost(client: QueryClient, post: Post): void {
  client.setQueryData(postQuery(post.id).queryKey, post);
  void client.invalidateQueries({ queryKey: [POSTS, 'calendar'] });
  void client.invalidateQueries({ queryKey: [POSTS, 'drafts'] });
}

/** A change whose answer is the post as it is now. */
export function usePostChange<T>(change: (what: T) => Promise<Post>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (post) => showPost(client, post),
    onError: () => void client.invalidateQueries({ queryKey: [POSTS] }),
  });
}
