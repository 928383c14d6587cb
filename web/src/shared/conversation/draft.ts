/** What somebody was writing, kept in this browser for each conversation until it is sent. */

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

function keyOf(conversationId: string): string {
  return `${PREFIX}${currentWorkspace() ?? ''}.${conversationId}`;
}

function read(conversationId: string): Draft {
  try {
    return JSON.parse(localStorage.getItem(keyOf(conversationId)) ?? '') as Draft;
  } catch {
    return EMPTY;
  }
}

function write(conversationId: string, draft: Draft): void {
  const key = keyOf(conversationId);
  localStorage.removeItem(key);
  if (!draft.text.trim()) return;
  const drafts = Object.keys(localStorage).filter((each) => each.startsWith(PREFIX));
  drafts
    .slice(0, Math.max(0, drafts.length - KEPT))
    .forEach((each) => localStorage.removeItem(each));
  localStorage.setItem(key, JSON.stringify(draft));
}

export function hasDraft(conversationId: string): boolean {
  return localStorage.getItem(keyOf(conversationId)) !== null;
}

export function useDraft(conversationId: string): [Draft, (draft: Draft) => void] {
  const [draft, setDraft] = useState(() => read(conversationId));
  const save = useCallback(
    (next: Draft) => {
      setDraft(next);
      write(conversationId, next);
    },
    [conversationId],
  );
  return [draft, save];
}
