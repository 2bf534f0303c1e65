import { useEffect, useMemo, useState } from 'react';
import type { Device, DeviceStatus } from '../../engine/device-face.ts';
import {
  AppContext,
  type AppContextValue,
  createPageState,
  PageContext,
  type ShellPort,
  wordsIn,
} from '../app-context.ts';
import { createObjectCache } from '../data/object-cache.ts';
import { LoginNameField, PasswordField } from '../widgets/system/sign-in-widgets.tsx';
import { useAction } from '../widgets/use-action.ts';
import { PageView } from './page-view.tsx';
import { useToasts } from './toasts.tsx';
import type { Running } from './use-app.ts';
import { NO_GUARD } from './use-leave-guard.ts';
import { useWords } from './words-context.ts';

type DemoUsers = Awaited<ReturnType<Device['demoUsers']>>;

/** The profile's own sign-in page, or a plain one; in development the demo users are a touch away. */
export function SignInScreen({
  device,
  status,
  running,
}: {
  readonly device: Device;
  readonly status: DeviceStatus;
  readonly running: Running;
}) {
  const { content, session, language } = running;
  const say = useWords();
  const { toasts, toast } = useToasts();
  const cache = useMemo(() => createObjectCache(device), [device]);
  useEffect(() => () => cache.close(), [cache]);
  const shell = useMemo<ShellPort>(
    () => ({
      openPage() {},
      openHome() {},
      closePage() {},
      leavePage() {},
      openSync() {},
      toast,
      tell: async (level, text) => toast(level, text),
      confirm: async () => true,
      signOut: async () => {},
      startUpdate: async () => {},
    }),
    [toast],
  );
  const app = useMemo<AppContextValue>(
    () => ({ device, cache, content, session, language, say, shell, status, words: wordsIn(content, language) }),
    [device, cache, content, session, language, say, shell, status],
  );
  const page = content.navigation.signInPage;
  return (
    <AppContext value={app}>
      <main className="sign-in">
        {status.message && (
          <p className="sign-in-note" role="status">
            {status.message}
          </p>
        )}
        {page && content.model.find('page', page) ? (
          <PageView entry={{ key: 0, page, args: {} }} canGoBack={false} active pill={null} guard={NO_GUARD} />
        ) : (
          <PlainSignIn />
        )}
        <DemoUserList device={device} />
      </main>
      {toasts}
    </AppContext>
  );
}

function PlainSignIn() {
  const say = useWords();
  const state = useMemo(createPageState, []);
  return (
    <PageContext value={state}>
      <div className="page-body">
        <h1 className="title">{say('signIn')}</h1>
        <LoginNameField />
        <PasswordField />
        <SignInButton />
      </div>
    </PageContext>
  );
}

function SignInButton() {
  const say = useWords();
  const { busy, run } = useAction({ kind: 'signIn' });
  return (
    <button type="button" className="button button-primary" aria-busy={busy} onClick={run}>
      <span>{say('signIn')}</span>
    </button>
  );
}

function DemoUserList({ device }: { readonly device: Device }) {
  const say = useWords();
  const { toasts, toast } = useToasts();
  const [users, setUsers] = useState<DemoUsers>([]);
  const [busy, setBusy] = useState<string | null>(null);
  useEffect(() => {
    void device.demoUsers().then(setUsers, () => setUsers([]));
  }, [device]);
  if (users.length === 0) return null;

  async function signIn(user: DemoUsers[number]) {
    setBusy(user.name);
    const outcome = await device.signIn(user.name, user.password);
    if (!outcome.ok) {
      toast('error', outcome.error.message);
      setBusy(null);
    }
  }

  return (
    <section className="demo-users" aria-label={say('signInAs')}>
      <h2>{say('signInAs')}</h2>
      <ul>
        {users.map((user) => (
          <li key={user.name}>
            <button
              type="button"
              className="menu-row"
              aria-busy={busy === user.name}
              disabled={busy !== null}
              onClick={() => void signIn(user)}
            >
              <span className="avatar" aria-hidden="true">
                {initials(user.name)}
              </span>
              <span className="demo-user">
                <strong>{user.name}</strong>
                <small>{user.caption || user.roles.join(', ')}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {toasts}
    </section>
  );
}

function initials(name: string): string {
  return name
    .split(/[\s._-]+/)
    .map((part) => part[0]?.toUpperCase() ?? '')
    .join('')
    .slice(0, 2);
}
