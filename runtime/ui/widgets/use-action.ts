import type { Action } from '@skerry/shared/metamodel/action';
import { useRef, useState } from 'react';
import { perform } from '../actions/perform.ts';
import { useApp, usePage, useScope } from '../app-context.ts';

/** An action ready to run; `busy` while it runs, and running it twice at once does nothing. */
export function useAction(action: Action): { readonly idle: boolean; readonly busy: boolean; run(): void } {
  const app = useApp();
  const page = usePage();
  const scope = useScope();
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  return {
    idle: action.kind === 'nothing',
    busy,
    run() {
      if (running.current || action.kind === 'nothing') return;
      running.current = true;
      setBusy(true);
      void perform(action, { app, page, scope }).finally(() => {
        running.current = false;
        setBusy(false);
      });
    },
  };
}
