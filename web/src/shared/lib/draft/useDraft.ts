import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemError } from '@/shared/api/problem';
import { isSame, rebase } from './merge';

const CONFLICT = 409;

interface Versioned {
  version: number;
}

interface Handlers<T> {
  /** The code of the API that says that somebody else saved first. */
  conflict: string;
  fetch: () => Promise<T>;
  save: (draft: T, base: T) => Promise<unknown>;
  /** Where what was edited stays open, `settle` goes on from what is stored now. */
  saved: (settle: (fresh: T) => void) => void | Promise<void>;
}

export interface Draft<T> {
  draft: T;
  base: T;
  /** What was opened, before somebody else saved `base`. */
  before: T | undefined;
  changed: boolean;
  change: (some: Partial<T>) => void;
  save: () => void;
  saving: boolean;
  /** A refusal other than that somebody was faster, which `before` says. */
  error: Error | null;
}

/**
 * Edits something that has a version. Who is second keeps what they changed, on top of what the
 * first has saved: `before` and `base` tell what that was, and saving again is enough.
 */
export function useDraft<T extends Versioned>(opened: T, handlers: Handlers<T>): Draft<T> {
  const [state, setState] = useState<{ base: T; draft: T; before?: T }>({
    base: opened,
    draft: opened,
  });
  const { base, draft, before } = state;
  const saving = useMutation({
    mutationFn: async () => {
      try {
        await handlers.save(draft, base);
      } catch (error) {
        if (!isConflict(error, handlers.conflict)) throw error;
        const theirs = await handlers.fetch();
        setState({ base: theirs, draft: rebase(base, draft, theirs), before: base });
        return;
      }
      await handlers.saved((fresh) => setState({ base: fresh, draft: fresh }));
    },
  });
  return {
    draft,
    base,
    before,
    changed: !isSame(base, draft),
    change: (some) => setState((now) => ({ ...now, draft: { ...now.draft, ...some } })),
    save: () => saving.mutate(),
    saving: saving.isPending,
    error: saving.error,
  };
}

function isConflict(error: unknown, code: string): boolean {
  return error instanceof ProblemError && error.status === CONFLICT && error.code === code;
}
