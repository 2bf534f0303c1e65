import type { ElementId } from '@skerry/shared/base/ids';
import type { WidgetOf } from '@skerry/shared/metamodel/widget';
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
import { ButtonWidget } from '../widgets/buttons.tsx';
import { LoginNameWidget, PasswordWidget } from '../widgets/system/sign-in-widgets.tsx';
import { PageView } from './page-view.tsx';
import { useToasts } from './toasts.tsx';
import type { Running } from './use-app.ts';
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
      openSync() {},
      toast,
      tell: async (level, text) => toast(level, text),
      confirm: async () => true,
      signOut: async () => {},
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
          <PageView entry={{ key: 0, page, args: {} }} canGoBack={false} active pill={null} />
        ) : (
          <PlainSignIn />
        )}
        <DemoUserList device={device} />
      </main>
      {toasts}
    </AppContext>
  );
}

const base = { visibleRoles: [], name: 'plain' } as const;
const NAME = { ...base, id: 'a'.repeat(16) as ElementId, kind: 'loginName' } as unknown as WidgetOf<'loginName'>;
const PASSWORD = { ...base, id: 'b'.repeat(16) as ElementId, kind: 'password' } as unknown as WidgetOf<'password'>;

function PlainSignIn() {
  const say = useWords();
  const state = useMemo(createPageState, []);
  const button = {
    ...base,
    id: 'c'.repeat(16),
    kind: 'button',
    caption: { en: say('signIn') },
    variant: 'primary',
    action: { kind: 'signIn' },
  } as unknown as WidgetOf<'button'>;
  return (
    <PageContext value={state}>
      <div className="page-body">
        <h1 className="title">{say('signIn')}</h1>
        <LoginNameWidget widget={NAME} editable />
        <PasswordWidget widget={PASSWORD} editable />
        <ButtonWidget widget={button} editable />
      </div>
    </PageContext>
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
