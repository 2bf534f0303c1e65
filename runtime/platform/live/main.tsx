import sqlite3InitModule from '@sqlite.org/sqlite-wasm';
import { createRoot } from 'react-dom/client';
import { intlLocale } from '../intl-locale.ts';
import { memorySqlOpener } from '../web/worker/wasm-sql-driver.ts';
import { startLiveDevice } from './live-device.ts';
import { LiveFrame } from './live-frame.tsx';
import '../../ui/tokens.css';
import '../../ui/shell/shell.css';
import '../../ui/widgets/widgets.css';
import './live.css';

// The frame has no storage, and a browser that says so by throwing would keep SQLite from starting.
for (const storage of ['localStorage', 'sessionStorage'])
  Object.defineProperty(window, storage, { value: undefined, configurable: true });

// Begun at once: it is ready, or nearly, when the first page comes.
const sqlite = sqlite3InitModule();
sqlite.catch(() => undefined);

const place = document.getElementById('app');
if (place) {
  createRoot(place).render(
    <LiveFrame
      start={async (content) => {
        const loaded = await sqlite;
        return startLiveDevice(content, {
          sql: () => memorySqlOpener(loaded),
          clock: {
            now: () => Date.now(),
            after(delayMs, callback) {
              const timer = setTimeout(callback, Math.min(delayMs, 0x7fffffff));
              return () => clearTimeout(timer);
            },
          },
          locale: intlLocale(navigator.language),
          randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
        });
      }}
    />,
  );
}
