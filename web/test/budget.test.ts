/** What a first visit has to load before anything can be drawn. */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

interface Chunk {
  file: string;
  imports?: string[];
  dynamicImports?: string[];
}

const DIST = join(import.meta.dirname, '../dist');
const LIMIT_BYTES = 300_000;

/** A page's entry, the frame around it and all that they import, in bytes as they are sent. */
function firstLoad(manifest: Record<string, Chunk>, entries: string[]): number {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    manifest[name]?.imports?.forEach(visit);
  };
  entries.forEach(visit);
  const files = new Set([...seen].map((name) => manifest[name]?.file).filter(Boolean));
  return [...files].reduce((sum, file) => sum + statSync(join(DIST, `${file}.gz`)).size, 0);
}

const built = existsSync(join(DIST, '.vite/manifest.json'));

test.runIf(built || process.env.CI)('the first load stays small', () => {
  const manifest = JSON.parse(readFileSync(join(DIST, '.vite/manifest.json'), 'utf8')) as Record<
    string,
    Chunk
  >;
  const frame = ['index.html', 'src/app/shell/Shell.tsx'];
  const pages = Object.keys(manifest).filter((name) => /features\/.*Page\.tsx$/.test(name));
  expect(pages.length).toBeGreaterThan(0);
  for (const page of pages.filter((name) => /(Login|Inbox|Account)Page/.test(name))) {
    expect(firstLoad(manifest, [...frame, page]), page).toBeLessThan(LIMIT_BYTES);
  }
});
