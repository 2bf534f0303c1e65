import type { Action } from '@skerry/shared/metamodel/action';
import { useState } from 'react';
import { perform } from '../actions/perform.ts';
import { useApp, usePage, useScope } from '../app-context.ts';

/** An action ready to run; `busy` while it runs, and running it twice at once does nothing. */
export function useAction(action: Action): { readonly idle: boolean; readonly busy: boolean; run(): void } {
  const app = useApp();
  const page = usePage();
  const scope = useScope();
  const [busy, setBusy] = useState(false);
  return {
    idle: action.kind === 'nothing',
    busy,
    run() {
      if (busy || action.kind === 'nothing') return;
      setBusy(true);
      void perform(action, { app, page, scope }).finally(() => setBusy(false));
    },
  };
}
