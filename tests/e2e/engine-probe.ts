import type { Frame, FrameLocator, Page } from '@playwright/test';
import type { Device } from '@skerry/runtime/engine/device-face';
import type { Fault } from '@skerry/shared/base/fault';
import type { Result } from '@skerry/shared/base/result';
import type { BundleContent } from '@skerry/shared/bundle/content';
import { openBundle } from '@skerry/shared/bundle/open';
import { readManifest } from '@skerry/shared/bundle/verify';

type Method = 'inspect' | 'status' | 'session' | 'inbox';
type Probe = { ask(method: string, args: readonly unknown[]): Promise<unknown> };

/** Keeps hold of the port between page and engine, so that a test can ask the engine what the page could. */
export async function probeEngines(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const channels: MessageChannel[] = [];
    const Channel = window.MessageChannel;
    window.MessageChannel = class extends Channel {
      constructor() {
        super();
        channels.push(this);
      }
    };
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, message: unknown, ...rest: unknown[]) {
      const started = message as { readonly kind?: unknown; readonly port?: unknown } | null;
      const channel = started?.kind === 'start' && channels.find(({ port2 }) => port2 === started.port);
      if (channel) (window as unknown as { probe: Probe }).probe = probeOf(channel.port1);
      channels.length = 0;
      return Reflect.apply(post, this, [message, ...rest]);
    };

    function probeOf(port: MessagePort): Probe {
      let calls = 0;
      return {
        ask: (method, args) =>
          new Promise((resolve, reject) => {
            const call = `probe ${++calls}`;
            const listen = ({ data }: MessageEvent) => {
              if (data.call !== call) return;
              port.removeEventListener('message', listen);
              if (data.kind === 'answer') resolve(data.value);
              else reject(new Error(data.message));
            };
            port.addEventListener('message', listen);
            port.postMessage({ kind: 'call', call, method, args });
          }),
      };
    }
  });
}

/** The engine behind a frame's page. */
export interface ProbedEngine extends Pick<Device, Method> {
  bundle(): Promise<BundleContent>;
}

export function engineOf(app: FrameLocator): ProbedEngine {
  const frame = async (): Promise<Frame> => {
    const found = await (await app.owner().elementHandle())?.contentFrame();
    if (!found) throw new Error('The device has no frame.');
    return found;
  };
  const ask = async (method: Method, args: readonly unknown[]) =>
    (await frame()).evaluate(([name, given]) => (window as unknown as { probe: Probe }).probe.ask(name, given), [
      method,
      args,
    ] as const);
  return {
    inspect: (sql) => ask('inspect', [sql]) as ReturnType<Device['inspect']>,
    status: () => ask('status', []) as ReturnType<Device['status']>,
    session: () => ask('session', []) as ReturnType<Device['session']>,
    inbox: () => ask('inbox', []) as ReturnType<Device['inbox']>,
    async bundle() {
      // Bytes and maps do not cross from the browser: text does, one character per byte.
      const files = await (await frame()).evaluate(async () => {
        const bundle = (await (window as unknown as { probe: Probe }).probe.ask('bundle', [])) as {
          readonly manifest: string;
          readonly parts: ReadonlyMap<string, Uint8Array>;
        };
        const text = (bytes: Uint8Array) => bytes.reduce((known, byte) => known + String.fromCharCode(byte), '');
        return {
          manifest: bundle.manifest,
          parts: [...bundle.parts].map(([hash, bytes]) => [hash, text(bytes)] as const),
        };
      });
      const manifest = held(readManifest(files.manifest));
      return held(
        openBundle(manifest, new Map(files.parts.map(([hash, text]) => [hash, Buffer.from(text, 'latin1')]))),
      );
    },
  };
}

function held<T>(result: Result<T, Fault>): T {
  if (!result.ok) throw result.error;
  return result.value;
}
