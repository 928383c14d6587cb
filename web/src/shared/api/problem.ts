import type { components } from './schema';

export type Problem = components['schemas']['Problem'];

/** A refusal that the API explained, or that no answer came at all (`offline`). */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ProblemError';
    this.problem = problem;
  }

  get code(): string {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }
}

/** What the API said, or the closest that can be said when it was not the API that answered. */
export function readProblem(status: number, body: unknown): Problem {
  if (typeof body === 'object' && body !== null && 'code' in body && 'detail' in body) {
    return body as Problem;
  }
  return { status, code: 'unexpected', title: '', detail: '' };
}

export const OFFLINE: Problem = { status: 0, code: 'offline', title: '', detail: '' };

export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return { status: 0, code: 'unexpected', title: '', detail: String(error) };
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof ProblemError && error.code === code;
}
