/// <reference lib="webworker" />
import sqlite3InitModule from '@sqlite.org/sqlite-wasm';
import { createDevice } from '../../../engine/device.ts';
import { intlLocale } from '../../intl-locale.ts';
import type { FileStore, Ports, SqlOpener } from '../../ports.ts';
import { serveDevice } from '../device-channel.ts';
import type { FromWorker, ToWorker } from '../engine-messages.ts';
import { fetchTransport } from './fetch-transport.ts';
import { memoryFileStore, opfsFileStore } from './opfs-file-store.ts';
import { memorySqlOpener, opfsSqlOpener } from './wasm-sql-driver.ts';

declare const self: DedicatedWorkerGlobalScope;

const LOCK = 'skerry-engine';
/** Held for as long as files are open, which is a moment longer than LOCK when another tab has taken that one. */
const FILES_LOCK = 'skerry-files';
/** A tab that has lost the engine closes its store within this, or is not going to. */
const FORMER_OWNER_MS = 10_000;
const POOL = {
  name: 'skerry',
  directory: '/skerry-sqlite',
  initialCapacity: 4,
  // Without it every further try is answered with the first one's failure. Missing in the package's types.
  forceReinitIfPreviouslyFailed: true,
};
const tell = (message: FromWorker) => self.postMessage(message);
// Begun at once: it is ready, or nearly, when the page knows which device this is.
const sqlite3 = sqlite3InitModule();
sqlite3.catch(() => undefined);

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'start') {
    hold(data).catch((error: unknown) =>
      tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
    );
  }
};

/** Runs the engine for as long as this worker holds the origin's lock. */
async function hold(start: ToWorker): Promise<void> {
  const options: LockOptions = start.takeOver ? { steal: true } : { ifAvailable: true };
  let release = async () => {};
  try {
    await navigator.locks.request(LOCK, options, async (lock) => {
      if (!lock) {
        tell({ kind: 'occupied' });
        return;
      }
      const storage = await openStorage(start.persistent);
      release = async () => storage.letGo();
      const device = await createDevice(portsOver(storage, start.origin), { profile: start.config.profile });
      const stop = serveDevice(device, start.port);
      release = async () => {
        stop();
        await device.close();
        storage.letGo();
      };
      tell({ kind: 'ready' });
      await new Promise(() => {});
    });
  } catch (error) {
    // A stolen lock rejects with AbortError: let go of the files, the new owner is waiting for them.
    await release();
    if (error instanceof DOMException && error.name === 'AbortError') tell({ kind: 'moved' });
    else throw error;
  }
}

function portsOver({ sql, files }: Storage, origin: string): Ports {
  return {
    sql,
    files,
    transport: fetchTransport(origin),
    clock: {
      now: () => Date.now(),
      after(delayMs, callback) {
        // Longer delays overflow the platform's timer and would fire at once.
        const timer = setTimeout(callback, Math.min(delayMs, 0x7fffffff));
        return () => clearTimeout(timer);
      },
    },
    random: { bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) },
    locale: intlLocale(navigator.language),
    connectivity: {
      onHint(listener) {
        const online = () => listener(true);
        const offline = () => listener(false);
        self.addEventListener('online', online);
        self.addEventListener('offline', offline);
        return () => {
          self.removeEventListener('online', online);
          self.removeEventListener('offline', offline);
        };
      },
    },
    log: {
      write(level, message, details) {
        const print = { debug: console.debug, info: console.info, warning: console.warn, error: console.error }[level];
        print(message, details ?? '');
      },
    },
    platform: 'web',
    async digest(body) {
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', body as BufferSource));
      return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
  };
}

interface Storage {
  readonly sql: SqlOpener;
  readonly files: FileStore;
  /** Closes all files; to be called when no database is open any more. */
  letGo(): void;
}

/** Durable where the context is secure and private files are to be had, else in memory, which the status says. */
async function openStorage(persistent: boolean): Promise<Storage> {
  const sqlite = await sqlite3;
  if (!isSecureContext || !navigator.storage?.getDirectory)
    return { sql: memorySqlOpener(sqlite), files: memoryFileStore(), letGo() {} };
  const unlock = await lockFiles();
  const [pool, files] = await Promise.all([onceReleased(() => sqlite.installOpfsSAHPoolVfs(POOL)), opfsFileStore()]);
  return {
    sql: opfsSqlOpener(pool, persistent),
    files,
    letGo() {
      pool.pauseVfs();
      unlock();
    },
  };
}

/** Waits until the former owner has closed its files, and keeps others waiting until the returned function is called. */
function lockFiles(): Promise<() => void> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(
        FILES_LOCK,
        { signal: AbortSignal.timeout(FORMER_OWNER_MS) },
        () => new Promise<void>((unlock) => resolve(unlock)),
      )
      .catch(() =>
        reject(new Error('Another tab holds the data of this app and does not answer. Close it, then try again.')),
      );
  });
}

const FIRST_WAIT_MS = 5;
const LAST_WAIT_MS = 1_000;

/**
 * A worker that is ended, not asked, loses its locks and its files in no order, and the platform tells nobody when a
 * file is free: so it is tried, at once and then ever less often.
 */
async function onceReleased<T>(body: () => Promise<T>): Promise<T> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs *= 2) {
    try {
      return await body();
    } catch (error) {
      if (waitMs > LAST_WAIT_MS) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}
