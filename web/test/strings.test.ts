/** Both languages say the same things. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const SOURCE = join(import.meta.dirname, '../src');
const PLURAL = /_(zero|one|two|few|many|other)$/;
const GAP = /\{\{\s*(\w+)/g;

const folders = readdirSync(SOURCE, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name === 'strings')
  .map((entry) => join(entry.parentPath, entry.name));

/** Every key with the gaps that are filled in; the forms of a plural count as one. */
function read(folder: string, language: string): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (node: unknown, path: string): void => {
    if (typeof node === 'string') {
      const gaps = [...node.matchAll(GAP)].map((match) => match[1]).sort();
      found.set(path.replace(PLURAL, ''), [...new Set(gaps)].join());
      return;
    }
    for (const [key, value] of Object.entries(node as object)) walk(value, `${path}.${key}`);
  };
  walk(JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8')), '');
  return found;
}

test.each(folders)('%s', (folder) => {
  expect(read(folder, 'zh-Hans')).toEqual(read(folder, 'en'));
});

test('nothing is left empty', () => {
  for (const folder of folders) {
    for (const language of ['en', 'zh-Hans']) {
      expect(readFileSync(join(folder, `${language}.json`), 'utf8')).not.toContain('""');
    }
  }
});
