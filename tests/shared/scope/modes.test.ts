import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modesDocument } from '@skerry/shared/scope/explain-mode';
import { MODES } from '@skerry/shared/scope/modes';
import { expect, test } from 'vitest';

test('what was handed over is held by every mode that keeps rows, as the service keeps it in scope', () => {
  const { all, constrained, kept, never, uploadOnly, online } = MODES;
  expect([all, constrained, kept, never].map(({ handedOver }) => handedOver)).toEqual(Array(4).fill('held'));
  expect([uploadOnly.handedOver, online.handedOver]).toEqual(['clearedOnceApplied', 'none']);
});

test('the page about modes says what the table says: else run node scripts/generate-modes-doc.ts', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/sync-modes.md'), 'utf8');
  expect(page).toBe(modesDocument());
});
