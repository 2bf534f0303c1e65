import type { SqlDriver } from '@skerry/runtime/platform/ports';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { storeCases } from './object-store.cases.ts';

/**
 * What every SQLite that carries a device's store must do. `openDriver` gives an empty database; the cases themselves
 * know no test framework, so that they also run inside a browser's worker.
 */
export function runStoreContract(
  name: string,
  openDriver: () => Promise<{ driver: SqlDriver; end: () => Promise<void> }>,
): void {
  describe(`the store on ${name}`, () => {
    let opened: Awaited<ReturnType<typeof openDriver>>;
    beforeEach(async () => {
      opened = await openDriver();
    });
    afterEach(() => opened.end());
    for (const { name: title, run } of storeCases) {
      test(title, async () => {
        const { found, wanted } = await run(opened.driver);
        expect(found).toEqual(wanted);
      });
    }
  });
}
