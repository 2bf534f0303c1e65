import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modesDocument } from '@skerry/shared/scope/explain-mode';

/** Writes docs/sync-modes.md from the table of modes. A test says when it is out of date. */
writeFileSync(join(import.meta.dirname, '../docs/sync-modes.md'), modesDocument());
