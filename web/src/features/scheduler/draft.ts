/** A post while it is being written: a common text and pictures, and what differs on a profile. */

import type { When } from './actions';
import type { PictureInPost, Post, PostBody } from './queries';
import { wallOf } from '@/shared/lib/zones';

export interface Version {
  profile_id: string;
  text: string | null;
  media: PictureInPost[] | null;
}

export interface Draft {
  text: string;
  media: PictureInPost[];
  targets: Version[];
  when: When | null;
}

export const NOTHING: Draft = { text: '', media: [], targets: [], when: null };

export function draftOf(post: Post): Draft {
  const { text, media, targets, wall_time: wall, zone, due_at: due } = post;
  return {
    text,
    media,
    targets: targets
      .map((one) => ({ profile_id: one.profile_id, text: one.text, media: one.media }))
      .sort((one, other) => one.profile_id.localeCompare(other.profile_id)),
    when: wall && zone ? { wall: wall.slice(0, 16), zone } : due ? utc(due) : null,
  };
}

function utc(due: string): When {
  return { wall: wallOf(due, 'UTC'), zone: 'UTC' };
}

export function bodyOf({ text, media, targets }: Draft): PostBody {
  return { text, media, targets };
}

/** What stands on a profile: its own version where there is one. */
export function contentOn(
  draft: Pick<Draft, 'text' | 'media'>,
  version: Pick<Version, 'text' | 'media'> | undefined,
): { text: string; media: PictureInPost[] } {
  return { text: version?.text ?? draft.text, media: version?.media ?? draft.media };
}

export function withTarget(draft: Draft, profile_id: string, chosen: boolean): Draft {
  const others = draft.targets.filter((one) => one.profile_id !== profile_id);
  const targets = chosen ? [...others, { profile_id, text: null, media: null }] : others;
  targets.sort((one, other) => one.profile_id.localeCompare(other.profile_id));
  return { ...draft, targets };
}

/** `profile_id` undefined is the common version. */
export function withContent(
  draft: Draft,
  profile_id: string | undefined,
  change: Partial<Pick<Version, 'text' | 'media'>>,
): Draft {
  if (profile_id === undefined) {
    return { ...draft, text: change.text ?? draft.text, media: change.media ?? draft.media };
  }
  const targets = draft.targets.map((one) =>
    one.profile_id === profile_id ? { ...one, ...change } : one,
  );
  return { ...draft, targets };
}

export function sameContent(one: Draft, other: Draft): boolean {
  return JSON.stringify(bodyOf(one)) === JSON.stringify(bodyOf(other));
}

export function same(one: Draft, other: Draft): boolean {
  return sameContent(one, other) && JSON.stringify(one.when) === JSON.stringify(other.when);
}

export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const rest = items.filter((_, place) => place !== from);
  return [...rest.slice(0, to), ...items.slice(from, from + 1), ...rest.slice(to)];
}

/** Only what can still be written anew; the rest has left, or will not. */
export function isEditable(post: Post | undefined): boolean {
  if (!post || post.state === 'draft') return true;
  return post.state === 'scheduled' && Date.parse(post.due_at ?? '') > Date.now();
}
