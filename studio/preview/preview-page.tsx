import { useState } from 'react';
import { DeviceFrame, type FrameSize } from './device-frame.tsx';
import { SidePanel } from './side-panel.tsx';
import { usePreview } from './use-preview.ts';

const SIZES: readonly { readonly size: FrameSize; readonly label: string }[] = [
  { size: 'phone', label: 'Phone' },
  { size: 'tablet', label: 'Tablet' },
];

export function PreviewPage() {
  const { state, notices, trouble, setOffline } = usePreview();
  const [size, setSize] = useState<FrameSize>('phone');

  return (
    <div className="preview">
      <header className="bar">
        <img src="/icon.svg" alt="" width="22" height="22" />
        <h1>{state?.app.name ?? 'Skerry'}</h1>
        {state && (
          <p className="bar-facts">
            <span className="tag">{state.app.version ? `release ${state.app.version}` : 'nothing published yet'}</span>
            <span className="tag">{state.app.profile}</span>
          </p>
        )}
        <fieldset className="segments">
          <legend className="hidden">Size of the frames</legend>
          {SIZES.map((each) => (
            <label key={each.size}>
              <input type="radio" name="size" checked={size === each.size} onChange={() => setSize(each.size)} />
              <span>{each.label}</span>
            </label>
          ))}
        </fieldset>
      </header>
      {trouble && (
        <p className="trouble" role="alert">
          {trouble}
        </p>
      )}
      <main className="stage">
        <SidePanel state={state} />
        <section className="frames" aria-label="Devices">
          {state?.devices.map((device) => (
            <DeviceFrame
              key={device.id}
              device={device}
              notice={notices[device.id]}
              size={size}
              onOffline={(offline) => void setOffline(device.id, offline)}
            />
          ))}
        </section>
      </main>
    </div>
  );
}
