/** The client's types are what the API document would generate now. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';

const COMMITTED = join(import.meta.dirname, '../src/shared/api/schema.d.ts');
const DOCUMENT = join(import.meta.dirname, '../../docs/openapi.json');

// @vitest-environment node
test('they are fresh', async () => {
  const made = COMMENT_HEADER + astToString(await openapiTS(pathToFileURL(DOCUMENT)));
  const style = await resolveConfig(COMMITTED);
  const formatted = await format(made, { ...style, parser: 'typescript' });
  expect(formatted === readFileSync(COMMITTED, 'utf8'), 'Run `make generate`.').toBe(true);
}, 60_000);
