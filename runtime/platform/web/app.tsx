import { useEffect, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { DeviceShell } from '../../ui/shell/device-shell.tsx';
import { StartScreen } from '../../ui/shell/start-screen.tsx';
import type { EngineWatch } from './engine-client.ts';
import { tellFrame } from './tell-frame.ts';

export function showApp(place: HTMLElement, engine: EngineWatch): void {
  createRoot(place).render(<App engine={engine} />);
}

/** Hands the engine to the shell, or says what became of it. */
function App({ engine }: { readonly engine: EngineWatch }) {
  const state = useSyncExternalStore(engine.subscribe, engine.state);
  const device = state.kind === 'running' ? state.device : null;
  useEffect(() => (device ? tellFrame(device) : undefined), [device]);

  switch (state.kind) {
    case 'running':
      return <DeviceShell device={state.device} />;
    case 'occupied':
      return (
        <StartScreen
          title="Open in another tab"
          message="This app runs in another tab of this browser. Only one tab can hold its data."
          action={{ caption: 'Use it here', run: state.takeOver }}
        />
      );
    case 'failed':
      return (
        <StartScreen
          title="Not started"
          message={state.message}
          action={{ caption: 'Try again', run: () => location.reload() }}
        />
      );
    case 'starting':
      return <StartScreen title="Starting" busy />;
  }
}
