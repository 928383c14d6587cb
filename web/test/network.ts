/** The network as a test plays it; `draw` brings it. */

import { vi } from 'vitest';

type Answering = (request: Request) => unknown;
let answering: Answering = () => undefined;

// The client of the API keeps the `fetch` that it finds when it is loaded.
vi.stubGlobal('fetch', (request: Request) => Promise.resolve(answerTo(request)));

function answerTo(request: Request): Response {
  const body = answering(request);
  if (body === undefined) return Response.json({ code: 'down', detail: '' }, { status: 503 });
  return Response.json(body);
}

/** What is answered from now on, as it is or by what was asked; `undefined` is a failure. */
export function answerWith(answers: Answering): void {
  answering = answers;
}
