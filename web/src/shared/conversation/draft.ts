/** What somebody was writing, kept in this browser for each place until it is sent. */

import { useCallback, useState } from 'react';
import { currentWorkspace } from '@/shared/api/workspace';

export type Mode = 'public' | 'private' | 'note';

export interface Draft {
  mode?: Mode;
  text: string;
}

const KEPT = 200;
const PREFIX = 'parley.draft.';
const EMPTY: Draft = { text: '' };

function keyOf(place: string): string {
  return `${PREFIX}${currentWorkspace() ?? ''}.${place}`;
}

function read(place: string): Draft {
  try {
    return JSON.parse(localStorage.getItem(keyOf(place)) ?? '') as Draft;
  } catch {
    return EMPTY;
  }
}

function write(place: string, draft: Draft): void {
  const key = keyOf(place);
  localStorage.removeItem(key);
  if (!draft.text.trim()) return;
  const drafts = Object.keys(localStorage).filter((each) => each.startsWith(PREFIX));
  drafts
    .slice(0, Math.max(0, drafts.length - KEPT))
    .forEach((each) => localStorage.removeItem(each));
  localStorage.setItem(key, JSON.stringify(draft));
}

export function hasDraft(place: string): boolean {
  return localStorage.getItem(keyOf(place)) !== null;
}

export function useDraft(place: string): [Draft, (draft: Draft) => void] {
  const [draft, setDraft] = useState(() => read(place));
  const save = useCallback(
    (next: Draft) => {
      setDraft(next);
      write(place, next);
    },
    [place],
  );
  return [draft, save];
}
