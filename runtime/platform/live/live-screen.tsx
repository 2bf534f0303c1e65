import type { LiveContent } from '@skerry/studio/bridge/live-content';
import { useEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { Device, DeviceStatus, PlainValue } from '../../engine/device-face.ts';
import { AppContext, type AppContextValue, type ShellPort, wordsIn } from '../../ui/app-context.ts';
import { createObjectCache } from '../../ui/data/object-cache.ts';
import { nextStack, type PageEntry, type PageStack } from '../../ui/data/page-stack.ts';
import { useAsking } from '../../ui/shell/dialogs.tsx';
import { PageView } from '../../ui/shell/page-view.tsx';
import { SyncSheet } from '../../ui/shell/sync-pill.tsx';
import { useToasts } from '../../ui/shell/toasts.tsx';
import type { Running } from '../../ui/shell/use-app.ts';
import { NO_GUARD } from '../../ui/shell/use-leave-guard.ts';
import { useWords } from '../../ui/shell/words-context.ts';

export interface LiveScreenProps {
  readonly device: Device;
  readonly status: DeviceStatus;
  readonly running: Running;
  readonly content: LiveContent;
  readonly arguments: PageEntry['args'];
}

/** The shown page as the app's shell has it, and the pages that open from it; without menu and browser history. */
export function LiveScreen({ device, status, running, content: live, arguments: args }: LiveScreenProps) {
  const { content, session, language } = running;
  const say = useWords();
  const cache = useMemo(() => createObjectCache(device), [device]);
  useEffect(() => () => cache.close(), [cache]);
  const { toasts, toast } = useToasts();
  const asking = useAsking();
  const [stack, dispatch] = useReducer(nextStack, null, (): PageStack => [{ key: 0, page: live.page, args }]);
  const keys = useRef(0);
  const [isSyncOpen, setIsSyncOpen] = useState(false);
  const home = useRef({ page: live.page, args });
  home.current = { page: live.page, args };

  const shell = useMemo<ShellPort>(() => {
    const entry = (page: string, given: { readonly [parameter: string]: PlainValue }): PageEntry => {
      keys.current += 1;
      return { key: keys.current, page, args: given };
    };
    const pop = () => dispatch({ kind: 'pop' });
    return {
      openPage: (page, given) => dispatch({ kind: 'push', entry: entry(page, given) }),
      openHome: () => dispatch({ kind: 'home', entry: entry(home.current.page, home.current.args) }),
      closePage: pop,
      leavePage: pop,
      openSync: () => setIsSyncOpen(true),
      toast,
      tell: async (_level, text) => asking.tell(text),
      confirm: asking.confirm,
      signOut: async () => toast('information', 'The live page stays signed in.'),
      startUpdate: async () => {},
    };
  }, [toast, asking.tell, asking.confirm]);

  const app = useMemo<AppContextValue>(
    () => ({ device, cache, content, session, language, say, shell, status, words: wordsIn(content, language) }),
    [device, cache, content, session, language, say, shell, status],
  );
  const top = stack.at(-1);
  return (
    <AppContext value={app}>
      <div className="shell live">
        <main className="shell-pages">
          {stack.map((entry, at) => (
            <PageView
              key={entry.key}
              entry={entry}
              canGoBack={at > 0}
              active={entry === top}
              pill={null}
              guard={NO_GUARD}
            />
          ))}
        </main>
      </div>
      {isSyncOpen && <SyncSheet onClose={() => setIsSyncOpen(false)} />}
      {asking.dialog}
      {toasts}
    </AppContext>
  );
}
