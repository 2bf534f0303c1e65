import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { Device, DeviceStatus } from '../../engine/device-face.ts';
import { AppScreen } from './app-screen.tsx';
import type { Place } from './places.ts';
import { SignInScreen } from './sign-in-screen.tsx';
import { StartScreen } from './start-screen.tsx';
import { useRunning, useStatus } from './use-app.ts';
import { sayIn } from './words.ts';
import { WordsContext } from './words-context.ts';
import '../tokens.css';
import './shell.css';
import '../widgets/widgets.css';

/** A device on screen: whatever phase it is in, and the app once it runs. */
export function DeviceShell({ device }: { readonly device: Device }) {
  const status = useStatus(device);
  const { running, trouble } = useRunning(device, status);
  const language = running?.language ?? navigator.language;
  const say = useMemo(() => sayIn(language), [language]);

  if (running) {
    document.documentElement.lang = language;
    document.documentElement.style.setProperty('--app-accent', running.content.model.app.theme.accent);
  }
  return (
    <WordsContext value={say}>
      {trouble ? (
        <StartScreen title={say('broken')} message={trouble} />
      ) : !status ? (
        <StartScreen title={say('loading')} busy />
      ) : (
        <Phase device={device} status={status} running={running} />
      )}
    </WordsContext>
  );
}

function Phase({
  device,
  status,
  running,
}: {
  readonly device: Device;
  readonly status: DeviceStatus;
  readonly running: ReturnType<typeof useRunning>['running'];
}): ReactNode {
  const say = useMemo(() => sayIn(running?.language ?? navigator.language), [running]);
  const [retries, setRetries] = useState(0);
  const places = useRef<readonly Place[]>([]);
  const user = useRef(status.user?.id);
  if (user.current !== status.user?.id) {
    user.current = status.user?.id;
    places.current = [];
  }
  const again = {
    caption: say('retry'),
    run: () => void device.checkForUpdate().finally(() => setRetries(retries + 1)),
  };
  switch (status.phase) {
    case 'broken':
      return <StartScreen title={say('broken')} message={status.message} action={again} />;
    case 'foreignService':
      return <StartScreen title={say('foreignService')} message={status.message} action={again} />;
    case 'loadingBundle':
      return (
        <StartScreen
          title={say('loadingBundle')}
          message={status.message ?? say('loadingBundleNote')}
          busy={status.online}
          action={status.online ? undefined : again}
        />
      );
    case 'firstSync': {
      const sync = status.sync;
      const done = sync.kind === 'running' ? sync.done : 0;
      const total = sync.kind === 'running' ? sync.total : null;
      return (
        <StartScreen
          title={say('firstSync')}
          message={say('firstSyncNote', done)}
          busy
          progress={total ? done / total : null}
          action={
            sync.kind === 'backingOff' ? { caption: say('retry'), run: () => void device.synchronize() } : undefined
          }
        />
      );
    }
    case 'signedOut':
      return running ? (
        <SignInScreen device={device} status={status} running={running} />
      ) : (
        <StartScreen title={say('loadingBundle')} busy />
      );
    case 'ready':
      // A user's screens are made anew with another version, at the same place, and with another user, at home.
      return running ? (
        <AppScreen
          key={`${status.user?.id} ${running.content.manifest.version}`}
          device={device}
          status={status}
          running={running}
          places={places}
        />
      ) : (
        <StartScreen title={say('loading')} busy />
      );
  }
}
