import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ProblemError } from '@/shared/api/problem';

const UNAUTHENTICATED = 401;
const SIGNED_OUT = new Set(['gateway.sign_in', 'directory.session_unknown', 'unauthenticated']);
const RETRIES = 2;

let leave: () => void = () => undefined;

/** What happens when the API says that nobody is signed in any more. */
export function onSignedOut(action: () => void): void {
  leave = action;
}

function watch(error: Error): void {
  if (!(error instanceof ProblemError) || error.status !== UNAUTHENTICATED) return;
  if (SIGNED_OUT.has(error.code)) leave();
}

/** What cannot heal by itself is not asked for again. */
function shouldRetry(failures: number, error: Error): boolean {
  const status = error instanceof ProblemError ? error.status : 0;
  const passing = status === 0 || status === 429 || status >= 500;
  return passing && failures < RETRIES;
}

export const client = new QueryClient({
  queryCache: new QueryCache({ onError: watch }),
  mutationCache: new MutationCache({ onError: watch }),
  defaultOptions: {
    // The stream says what has changed; the rest is caught when a window comes back.
    queries: { staleTime: 30_000, retry: shouldRetry },
    mutations: { retry: false },
  },
});
