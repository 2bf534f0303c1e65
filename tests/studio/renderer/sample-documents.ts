import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '@skerry/shared/base/json';

/** Documents and sidecars of the sample, by path. */
export function sampleDocuments(): ReadonlyMap<string, JsonObject> {
  const root = 'fixtures/apps/field-inspections';
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.json'));
  return new Map(paths.map((path) => [path, JSON.parse(readFileSync(join(root, path), 'utf8')) as JsonObject]));
}
