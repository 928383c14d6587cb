import createClient, { type Middleware } from 'openapi-fetch';
import { OFFLINE, ProblemError, readProblem } from './problem';
import type { paths } from './schema';
import { currentWorkspace } from './workspace';

const inWorkspace: Middleware = {
  onRequest({ request }) {
    const workspace = currentWorkspace();
    if (workspace) request.headers.set('X-Parley-Workspace', workspace);
    return request;
  },
  onError() {
    return new ProblemError(OFFLINE);
  },
};

/** The typed client of the whole API; types come from docs/openapi.json by `npm run generate`. */
export const api = createClient<paths>({ baseUrl: window.location.origin });
api.use(inWorkspace);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a successful answer; raises `ProblemError` for any other. */
export async function ask<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await answer;
  if (!response.ok) throw new ProblemError(readProblem(response.status, error));
  return data as T;
}
