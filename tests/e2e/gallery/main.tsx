import type { InboxEntry, ReplacedNotice } from '@skerry/runtime/engine/device-face';
import { openBundle } from '@skerry/shared/bundle/open';
import { zoneTransitions } from '@skerry/shared/expression/zone-from-intl';
import type { DemoObject } from '@skerry/shared/relational/demo-data';
import { createRoot } from 'react-dom/client';
import { DeviceShell } from '../../../runtime/ui/shell/device-shell.tsx';
import { fakeDevice } from '../../support/fake-device.ts';

/** The app's screens over a device without an engine; `?phase=` shows another phase. */
const query = new URLSearchParams(location.search);
const { manifest, parts, objects, user } = await (await fetch(`/${query.get('app') ?? 'sample'}.json`)).json();
const bytes = new Map<string, Uint8Array>(
  parts.map(([hash, base64]: [string, string]) => [hash, Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]),
);
const opened = openBundle(JSON.parse(manifest), bytes);
if (!opened.ok) throw opened.error;
const device = fakeDevice({
  files: { manifest, parts: bytes },
  model: opened.value.model,
  objects,
  session: {
    user: user.id,
    userEntity: user.entity,
    roles: [],
    zone: 'Europe/Amsterdam',
    transitions: zoneTransitions('Europe/Amsterdam') ?? [],
    locale: query.get('locale') ?? 'en',
    firstDayOfWeek: 1,
    now: Date.UTC(2026, 10, 23, 9),
  },
  inbox: inbox(Number(query.get('inbox') ?? 0)),
  notices: notices(Number(query.get('notices') ?? 0)),
  status: {
    phase: (query.get('phase') ?? 'ready') as 'ready',
    online: query.get('online') !== '0',
    pending: Number(query.get('pending') ?? 0),
    updateReady: query.get('update'),
  },
});
Object.assign(window, { device });
const place = document.getElementById('app');
if (place) createRoot(place).render(<DeviceShell device={device} />);

/** Entries that speak of a work order, by turns parked and refused. */
function inbox(count: number): InboxEntry[] {
  const orders = (objects as DemoObject[]).filter(({ entity }) => entity === 'Work.WorkOrder');
  return orders.slice(0, count).map((order, index) => ({
    id: `entry-${index}`,
    kind: index % 2 === 0 ? 'parked' : 'rejected',
    code: index % 2 === 0 ? 'sync/conflict' : 'access/not-writable',
    message: index % 2 === 0 ? 'Somebody else changed the same fields.' : 'You may no longer change this work order.',
    atMs: Date.UTC(2026, 10, 23, 8),
    changes: [
      {
        object: order.id,
        entity: order.entity,
        kind: 'update',
        members: [
          { member: 'Subject', mine: 'Replace the seal', base: 'Seal', theirs: 'Renew the seal today', conflict: true },
          { member: 'LabourCost', mine: '120.5', base: '100', theirs: '100', conflict: false },
        ],
      },
    ],
  }));
}

/** What others won: members of findings. */
function notices(count: number): ReplacedNotice[] {
  const findings = (objects as DemoObject[]).filter(({ entity }) => entity === 'Field.Finding');
  return findings.slice(0, count).map(({ id, entity }, index) => ({
    id: `notice-${index}`,
    atMs: Date.UTC(2026, 10, 23, 8, 40),
    object: id,
    entity,
    member: index === 0 ? 'Resolved' : 'Title',
    mine: index === 0 ? true : 'Lamp broken over the rear door',
    theirs: index === 0 ? false : 'Lighting out of order',
  }));
}
