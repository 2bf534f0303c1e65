import { useEffect, useMemo, useRef, useState } from 'react';
import type { Device, DeviceStatus } from '../../engine/device-face.ts';
import { AppContext, type AppContextValue, type ShellPort, wordsIn } from '../app-context.ts';
import { createObjectCache } from '../data/object-cache.ts';
import { useAsking } from './dialogs.tsx';
import { Navigation } from './navigation.tsx';
import { NoticeBanner, NoticeSheet } from './notices.tsx';
import { PageView } from './page-view.tsx';
import type { Place } from './places.ts';
import { SyncPill, SyncSheet } from './sync-pill.tsx';
import { useToasts } from './toasts.tsx';
import type { Running } from './use-app.ts';
import { useLeaveGuard } from './use-leave-guard.ts';
import { usePages } from './use-pages.ts';
import { useSignOut } from './use-sign-out.ts';
import { useWords } from './words-context.ts';

interface AppScreenProps {
  readonly device: Device;
  readonly status: DeviceStatus;
  readonly running: Running;
  /** Where the user was before this version, and where they are. */
  readonly places: { current: readonly Place[] };
}

/** The app of a signed-in user. */
export function AppScreen({ device, status, running, places }: AppScreenProps) {
  const { content, session, language } = running;
  const say = useWords();
  const cache = useMemo(() => createObjectCache(device), [device]);
  useEffect(() => () => cache.close(), [cache]);
  const { toasts, toast } = useToasts();
  const asking = useAsking();
  const guard = useLeaveGuard(device, content, asking);
  const pages = usePages(content, status.user?.roles ?? [], guard, places);
  const endSession = useSignOut(device, asking, toast);
  const openKeys = pages.stack.map(({ key }) => key);
  const signOut = useRef(async () => {});
  signOut.current = async () => {
    if (await guard.mayLeave(openKeys)) await endSession();
  };
  const startUpdate = useRef(async () => {});
  startUpdate.current = async () => {
    if (!(await guard.mayLeave(openKeys))) return;
    const outcome = await device.checkForUpdate();
    if (!outcome.ok) toast('warning', outcome.error.message);
    else if (!outcome.value.updated) toast('information', say('updateBusy'));
  };
  const [syncOpen, setSyncOpen] = useState(false);
  const [noticesOpen, setNoticesOpen] = useState(false);

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
      leavePage: pages.leaveTop,
      openSync: () => setSyncOpen(true),
      toast,
      tell: async (_level, text) => asking.tell(text),
      confirm: asking.confirm,
      signOut: () => signOut.current(),
      startUpdate: () => startUpdate.current(),
    }),
    [pages.home, pages.push, pages.pop, pages.leaveTop, pages.homePage, menuPages, toast, asking.tell, asking.confirm],
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
            <PageView
              key={entry.key}
              entry={entry}
              canGoBack={index > 0}
              active={entry === top}
              pill={pill}
              banner={<NoticeBanner onDetails={() => setNoticesOpen(true)} />}
              guard={guard}
            />
          ))}
        </main>
      </div>
      {syncOpen && <SyncSheet onClose={() => setSyncOpen(false)} />}
      {noticesOpen && <NoticeSheet onClose={() => setNoticesOpen(false)} />}
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
