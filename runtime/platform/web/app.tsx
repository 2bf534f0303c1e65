import { useEffect, useState } from 'react';
import type { Device } from '../../engine/device-face.ts';
import { DeviceShell } from '../../ui/shell/device-shell.tsx';
import { StartScreen } from '../../ui/shell/start-screen.tsx';
import type { DeviceConfig } from './device-config.ts';
import { type EngineState, startEngine } from './engine-client.ts';
import { tellFrame } from './tell-frame.ts';

/** The composition root: finds out which device this is, starts its engine, and hands it to the shell. */
export function App() {
  const [engine, setEngine] = useState<EngineState>({ kind: 'starting' });

  useEffect(() => {
    readConfig().then(
      (config) => {
        document.title = config.name;
        startEngine(config, setEngine);
      },
      () =>
        setEngine({
          kind: 'failed',
          message:
            'The service does not answer, and this device has not started before. Connect once, then it starts without a network.',
        }),
    );
  }, []);

  const device = engine.kind === 'running' ? engine.device : null;
  useEffect(() => (device ? tellFrame(device) : undefined), [device]);

  if (device) return <DeviceShell device={device as Device} />;
  if (engine.kind === 'occupied') {
    return (
      <StartScreen
        title="Open in another tab"
        message="This app runs in another tab of this browser. Only one tab can hold its data."
        action={{ caption: 'Use it here', run: engine.takeOver }}
      />
    );
  }
  if (engine.kind === 'failed') {
    return (
      <StartScreen
        title="Not started"
        message={engine.message}
        action={{ caption: 'Try again', run: () => location.reload() }}
      />
    );
  }
  return <StartScreen title="Starting" busy />;
}

async function readConfig(): Promise<DeviceConfig> {
  const answer = await fetch('/device-config.json');
  if (!answer.ok) throw new Error(`device-config.json: ${answer.status}`);
  return (await answer.json()) as DeviceConfig;
}
