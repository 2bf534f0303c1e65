import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checksDocument } from '@skerry/shared/validation/document';

/** Writes docs/checks.md from the tables of checks. A test says when it is out of date. */
writeFileSync(join(import.meta.dirname, '../docs/checks.md'), checksDocument());
