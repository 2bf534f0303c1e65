import { readDeviceConfig } from './device-config.ts';
import { startEngine } from './engine-client.ts';

/** About what a first start takes. */
const KEEP_AFTER_MS = 2_000;

// The engine takes longest: its worker loads while the screens do, and while the service says which device this is.
const config = readDeviceConfig();
const engine = startEngine(config);
void config.then(
  ({ name }) => {
    document.title = name;
  },
  () => undefined,
);
const place = document.getElementById('app');
if (place) void import('./app.tsx').then(({ showApp }) => showApp(place, engine));

if ('serviceWorker' in navigator && isSecureContext) {
  // Once the page has come: what is kept for starting offline must not hold up what is started now.
  addEventListener('load', () => setTimeout(keepShell, KEEP_AFTER_MS), { once: true });
}

function keepShell(): void {
  // Without it the app runs too; it only cannot start without a network.
  navigator.serviceWorker.register('/service-worker.js', { type: 'module' }).catch((error: unknown) => {
    console.warn('The shell is not kept for starting offline.', error);
  });
}
