import { useEffect, useState } from 'react';
import { useSession } from '@/shared/api/session';
import { draftOf, same, type Draft } from './draft';
import { Keeper, type Base } from './kept';
import type { Post } from './queries';

export interface Writing {
  draft: Draft;
  change: (draft: Draft) => void;
  /** The version that a change is made upon. */
  version: number;
  dirty: boolean;
  /** It was found on this device, not saved. */
  restored: boolean;
  /** Somebody else changed the post under what is written here. */
  conflict: boolean;
  /** Go on from what the API knows. */
  discard: () => void;
  /** Go on with what is written here, above the newer version. */
  insist: () => void;
  /** The API has it all now: nothing of it needs to be kept here. */
  settle: (post: Post) => void;
}

const baseOf = (post: Post): Base => ({ draft: draftOf(post), version: post.version });

/** A post being written: kept on this device at every change, following the API while it is not. */
export function useWriting(post: Post | undefined, start: Draft): Writing {
  const { who, id } = useSession();
  const [keeper] = useState(() => new Keeper(who.workspace_id, id, post?.id));
  const [kept] = useState(() => keeper.read());
  const server = post ? baseOf(post) : { draft: start, version: 0 };
  const [base, setBase] = useState<Base>(kept?.base ?? server);
  const [draft, setDraft] = useState<Draft>(kept?.draft ?? start);
  const [restored, setRestored] = useState(kept !== undefined);
  const dirty = !same(draft, base.draft);
  // What the cache still has of an older version is no news.
  const newer = server.version > base.version;
  const follow = newer && (!dirty || same(server.draft, base.draft));
  if (follow) {
    setBase(server);
    if (!dirty) setDraft(server.draft);
  }
  useEffect(() => {
    if (dirty) keeper.keep({ draft, base });
    else keeper.forget();
  }, [keeper, draft, base, dirty]);
  const adopt = (from: Base) => {
    setBase(from);
    setDraft(from.draft);
    setRestored(false);
  };
  return {
    draft,
    change: setDraft,
    version: base.version,
    dirty,
    restored: restored && dirty,
    conflict: newer && !follow,
    discard: () => adopt(server),
    insist: () => setBase(server),
    settle: (now) => {
      keeper.forget();
      // A new post goes on at its own address; this page is empty again.
      if (now.id === post?.id) adopt(baseOf(now));
      else setBase({ draft, version: base.version });
    },
  };
}
