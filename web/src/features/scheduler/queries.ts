import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, ask } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';

export type Post = components['schemas']['PostView'];
export type Publication = components['schemas']['PublicationView'];
export type Profile = components['schemas']['SchedulerProfileView'];
export type PictureInPost = components['schemas']['PictureBody'];
export type Remark = components['schemas']['RemarkView'];
export type NativePost = components['schemas']['MeasuredPostView'];
export type PostBody = components['schemas']['PostBody'];

/** All that is known of posts lies under this word, so that one event can reach it. */
export const POSTS = 'posts';
export const PROFILES = 'publishing-profiles';
const DRAFTS_SHOWN = 100;
const NATIVE_PAGE = 200;

export const profilesQuery = queryOptions({
  queryKey: [PROFILES],
  queryFn: () => ask(api.GET('/api/v1/publishing/profiles')),
  staleTime: 300_000,
});

export function calendarQuery(from: Date, to: Date) {
  const query = { from: from.toISOString(), to: to.toISOString() };
  return queryOptions({
    queryKey: [POSTS, 'calendar', query],
    queryFn: () => ask(api.GET('/api/v1/publishing/calendar', { params: { query } })),
  });
}

/** The newest drafts; what is older than these is found by its address only. */
export const draftsQuery = queryOptions({
  queryKey: [POSTS, 'drafts'],
  queryFn: async () => {
    const query = { state: ['draft' as const], limit: DRAFTS_SHOWN };
    return (await ask(api.GET('/api/v1/publishing/posts', { params: { query } }))).items;
  },
});

/** What was published in a network's own app or with another tool, as far as it is measured. */
export function nativeQuery(first: string, last: string) {
  return queryOptions({
    queryKey: [POSTS, 'native', first, last],
    queryFn: async () => {
      const found: NativePost[] = [];
      let cursor: string | null = null;
      do {
        const query: { first: string; last: string; limit: number; cursor: string | null } = {
          first,
          last,
          limit: NATIVE_PAGE,
          cursor,
        };
        const page: components['schemas']['Page_MeasuredPostView_'] = await ask(
          api.GET('/api/v1/analytics/posts', { params: { query } }),
        );
        found.push(...page.items.filter(({ post_id }) => post_id === null));
        cursor = page.next_cursor ?? null;
      } while (cursor);
      return found;
    },
    staleTime: 300_000,
  });
}

export function postQuery(post_id: string) {
  return queryOptions({
    queryKey: [POSTS, 'one', post_id],
    queryFn: () =>
      ask(api.GET('/api/v1/publishing/posts/{post_id}', { params: { path: { post_id } } })),
  });
}

/** What the networks would say about what is written. */
export function remarksQuery(body: PostBody, post_id: string | undefined) {
  return queryOptions({
    queryKey: ['remarks', post_id, body],
    queryFn: () =>
      ask(api.POST('/api/v1/publishing/posts/validate', { body: { ...body, post_id } })),
    placeholderData: (before: Remark[] | undefined) => before,
    gcTime: 60_000,
  });
}

/** Colours that can be told apart on either ground; a profile keeps its place in the list. */
const HUES = [160, 28, 214, 330, 268, 52, 190, 0, 240, 100];

export interface Profiles {
  all: readonly Profile[];
  of: (id: string) => Profile | undefined;
  hue: (id: string) => number;
}

export function useProfiles(): Profiles {
  const all = useQuery(profilesQuery).data ?? [];
  const order = all.map(({ id }) => id).sort();
  return {
    all,
    of: (id) => all.find((profile) => profile.id === id),
    hue: (id) => HUES[Math.max(0, order.indexOf(id)) % HUES.length] ?? 0,
  };
}

/** How a profile is called: its handle, as names repeat. */
export function profileName(profile: Profile | undefined): string {
  if (!profile) return '?';
  return profile.handle ? `@${profile.handle.replace(/^@/, '')}` : profile.display_name;
}
