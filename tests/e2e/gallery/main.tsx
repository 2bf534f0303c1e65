import { openBundle } from '@skerry/shared/bundle/open';
import { zoneTransitions } from '@skerry/shared/expression/zone-from-intl';
import { createRoot } from 'react-dom/client';
import { DeviceShell } from '../../../runtime/ui/shell/device-shell.tsx';
import { fakeDevice } from '../../support/fake-device.ts';

/** The app's screens over a device without an engine; `?phase=` shows another phase. */
const { manifest, parts, objects, user } = await (await fetch('/gallery.json')).json();
const bytes = new Map<string, Uint8Array>(parts.map(([hash, base64]: [string, string]) => [hash, Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]));
const opened = openBundle(JSON.parse(manifest), bytes);
if (!opened.ok) throw opened.error;
const query = new URLSearchParams(location.search);
const device = fakeDevice({
  files: { manifest, parts: bytes },
  model: opened.value.model,
  objects,
  session: {
    user: user.id, userEntity: user.entity, roles: [], zone: 'Europe/Amsterdam', transitions: zoneTransitions('Europe/Amsterdam') ?? [],
    locale: query.get('locale') ?? 'en', firstDayOfWeek: 1, now: Date.UTC(2026, 10, 23, 9),
  },
  status: { phase: (query.get('phase') ?? 'ready') as 'ready', online: query.get('online') !== '0', pending: Number(query.get('pending') ?? 0), inbox: Number(query.get('inbox') ?? 0) },
});
Object.assign(window, { device });
const place = document.getElementById('app');
if (place) createRoot(place).render(<DeviceShell device={device} />);
