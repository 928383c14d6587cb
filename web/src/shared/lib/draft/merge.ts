/** What somebody changed, said in lines, and how it is kept when somebody else saved first. */

/** One thing that can be changed, as it is read. */
export interface Line {
  label: string;
  value: string;
}

export interface Difference {
  label: string;
  before: string | undefined;
  after: string | undefined;
}

export function differences(before: readonly Line[], after: readonly Line[]): Difference[] {
  const labels = new Set([...before, ...after].map((line) => line.label));
  const valueOf = (lines: readonly Line[], label: string) =>
    lines.find((line) => line.label === label)?.value;
  return [...labels]
    .map((label) => ({ label, before: valueOf(before, label), after: valueOf(after, label) }))
    .filter((each) => each.before !== each.after);
}

export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** My changes to `base`, made to `theirs` instead: what I left alone is as they saved it. */
export function rebase<T>(base: T, mine: T, theirs: T): T {
  if (isSame(base, mine)) return theirs;
  if (!isPlain(base) || !isPlain(mine) || !isPlain(theirs)) return mine;
  const keys = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
  const merged = [...keys].map((key) => [key, rebase(base[key], mine[key], theirs[key])]);
  return Object.fromEntries(merged) as T;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
