import { useEffect, useMemo, useState } from 'react';
import type { Device, DeviceStatus } from '../../engine/device-face.ts';
import { AppContext, type AppContextValue, type ShellPort, wordsIn } from '../app-context.ts';
import { createObjectCache } from '../data/object-cache.ts';
import { useAsking } from './dialogs.tsx';
import { Navigation } from './navigation.tsx';
import { PageView } from './page-view.tsx';
import { SyncPill, SyncSheet } from './sync-pill.tsx';
import { useToasts } from './toasts.tsx';
import type { Running } from './use-app.ts';
import { usePages } from './use-pages.ts';
import { useSignOut } from './use-sign-out.ts';
import { useWords } from './words-context.ts';

interface AppScreenProps {
  readonly device: Device;
  readonly status: DeviceStatus;
  readonly running: Running;
}

/** The app of a signed-in user. */
export function AppScreen({ device, status, running }: AppScreenProps) {
  const { content, session, language } = running;
  const say = useWords();
  const cache = useMemo(() => createObjectCache(device), [device]);
  useEffect(() => () => cache.close(), [cache]);
  const pages = usePages(content, status.user?.roles ?? []);
  const { toasts, toast } = useToasts();
  const asking = useAsking();
  const signOut = useSignOut(device, asking, toast);
  const [syncOpen, setSyncOpen] = useState(false);

  const menuPages = useMemo(() => pagesOfMenu(content.navigation.menu), [content]);
  const shell = useMemo<ShellPort>(
    () => ({
      openPage(page, args) {
        // A page of the menu starts anew, as tabs do; any other opens on top.
        if (menuPages.has(page) && Object.keys(args).length === 0) pages.home(page);
        else pages.push(page, args);
      },
      openHome: () => pages.home(pages.homePage),
      closePage: pages.pop,
      openSync: () => setSyncOpen(true),
      toast,
      tell: async (_level, text) => asking.tell(text),
      confirm: asking.confirm,
      signOut,
    }),
    [pages.home, pages.push, pages.pop, pages.homePage, menuPages, toast, asking.tell, asking.confirm, signOut],
  );

  const app = useMemo<AppContextValue>(
    () => ({ device, cache, content, session, language, say, shell, status, words: wordsIn(content, language) }),
    [device, cache, content, session, language, say, shell, status],
  );
  const pill = <SyncPill onOpen={() => setSyncOpen(true)} />;
  const top = pages.stack.at(-1);
  return (
    <AppContext value={app}>
      <div className="shell">
        <Navigation page={pages.stack[0]?.page ?? ''} />
        <main className="shell-pages">
          {pages.stack.map((entry, index) => (
            <PageView key={entry.key} entry={entry} canGoBack={index > 0} active={entry === top} pill={pill} />
          ))}
        </main>
      </div>
      {syncOpen && <SyncSheet onClose={() => setSyncOpen(false)} />}
      {asking.dialog}
      {toasts}
    </AppContext>
  );
}

function pagesOfMenu(items: Running['content']['navigation']['menu']): ReadonlySet<string> {
  return new Set(
    items.flatMap((item) => [
      ...(item.action.kind === 'openPage' ? [item.action.page] : []),
      ...pagesOfMenu(item.items),
    ]),
  );
}
