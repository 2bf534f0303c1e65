import { ExternalLink, RotateCw, Wifi, WifiOff } from 'lucide-react';
import { useRef, useState } from 'react';
import type { PreviewDevice, ShellNotice } from './preview-state.ts';

export type FrameSize = 'phone' | 'tablet';

interface DeviceFrameProps {
  readonly device: PreviewDevice;
  readonly notice: ShellNotice | undefined;
  readonly size: FrameSize;
  onOffline(offline: boolean): void;
}

export function DeviceFrame({ device, notice, size, onOffline }: DeviceFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [loads, setLoads] = useState(0);

  return (
    <article className={`device device-${size}`} aria-label={device.name}>
      <header className="device-head">
        <h2>{device.name}</h2>
        <label className={device.offline ? 'network network-off' : 'network'}>
          <input
            type="checkbox"
            role="switch"
            aria-checked={!device.offline}
            checked={!device.offline}
            aria-label={`Network of ${device.name}`}
            onChange={(event) => onOffline(!event.target.checked)}
          />
          {device.offline ? <WifiOff size={14} aria-hidden /> : <Wifi size={14} aria-hidden />}
          <span>{device.offline ? 'Offline' : 'Online'}</span>
        </label>
        <button
          type="button"
          className="icon"
          aria-label={`Reload ${device.name}`}
          title="Reload"
          onClick={() => setLoads(loads + 1)}
        >
          <RotateCw size={15} aria-hidden />
        </button>
        <a
          className="icon"
          href={device.url}
          target="_blank"
          rel="noreferrer"
          aria-label={`Open ${device.name} in a tab`}
          title="Open in a tab"
        >
          <ExternalLink size={15} aria-hidden />
        </a>
      </header>
      <div className="bezel">
        <iframe
          // A new key makes a new frame: a reload that works although the frame is of another origin.
          key={loads}
          ref={frame}
          src={device.url}
          title={`${device.name}: the app`}
          allow="storage-access; camera; geolocation"
        />
      </div>
      <DeviceFacts notice={notice} />
    </article>
  );
}

function DeviceFacts({ notice }: { readonly notice: ShellNotice | undefined }) {
  if (!notice) return <p className="facts quiet">starting…</p>;
  return (
    <p className="facts">
      <span>{notice.user ?? 'signed out'}</span>
      <span>{notice.bundleVersion ? `v${notice.bundleVersion}` : 'no bundle yet'}</span>
      <span className={notice.pending > 0 ? 'facts-pending' : ''}>
        {notice.pending === 0 ? 'all sent' : `${notice.pending} not sent`}
      </span>
      {notice.inbox > 0 && <span className="facts-inbox">{notice.inbox} in the inbox</span>}
      <span>{notice.syncing ? 'syncing…' : notice.online ? 'reaches the service' : 'no connection'}</span>
      {notice.storage === 'memory' && <span className="facts-inbox">memory only</span>}
    </p>
  );
}
