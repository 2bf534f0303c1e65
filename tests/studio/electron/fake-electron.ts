import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { ElectronParts } from '../../../studio/main/desktop.ts';

type Answer = (...args: never[]) => unknown;

/** As much of Electron as the desktop uses, written down as it is used. */
export class FakeElectron {
  readonly calls: string[] = [];
  readonly windows: FakeWindow[] = [];
  readonly ipc = new EventEmitter();
  readonly invocations = new Map<string, Answer>();
  readonly schemes: unknown[] = [];
  readonly handled = new Map<string, (request: { url: string }) => Promise<Response>>();
  readonly permissions: { request?: Answer; check?: Answer; device?: Answer } = {};
  readonly app = new EventEmitter();
  menu: unknown;
  chosen: { canceled: boolean; filePaths: string[] } = { canceled: true, filePaths: [] };
  hasLock = true;

  parts(): ElectronParts {
    const fake = this;
    const note =
      (call: string) =>
      (...args: unknown[]) =>
        void fake.calls.push([call, ...args].join(' '));
    class BrowserWindow extends FakeWindow {
      constructor(options: WindowOptions) {
        super(options, fake);
        fake.windows.push(this);
        fake.app.emit('web-contents-created', {}, this.webContents);
      }
      static getAllWindows = () => fake.windows.filter(({ isOpen }) => isOpen);
      static getFocusedWindow = () => fake.windows.find(({ isOpen }) => isOpen) ?? null;
      static fromWebContents = (contents: unknown) =>
        fake.windows.find(({ webContents }) => webContents === contents) ?? null;
    }
    class MessageChannelMain {
      readonly port1: object;
      readonly port2: object;
      constructor() {
        const { port1, port2 } = new MessageChannel();
        this.port1 = mainPort(port1);
        this.port2 = port2;
      }
    }
    return {
      app: Object.assign(fake.app, {
        setPath: note('setPath'),
        requestSingleInstanceLock: () => fake.hasLock,
        quit: note('quit'),
        enableSandbox: note('enableSandbox'),
        whenReady: async () => note('whenReady')(),
      }),
      BrowserWindow,
      MessageChannelMain,
      dialog: { showOpenDialog: async () => fake.chosen },
      ipcMain: Object.assign(fake.ipc, {
        handle: (channel: string, answer: Answer) => fake.invocations.set(channel, answer),
      }),
      Menu: {
        buildFromTemplate: (template: unknown) => template,
        setApplicationMenu(menu: unknown) {
          fake.menu = menu;
        },
      },
      protocol: {
        registerSchemesAsPrivileged(schemes: unknown[]) {
          fake.schemes.push(...schemes);
          note('registerSchemesAsPrivileged')();
        },
        handle: (scheme: string, answer: (request: { url: string }) => Promise<Response>) =>
          fake.handled.set(scheme, answer),
      },
      session: {
        defaultSession: {
          setPermissionRequestHandler: (answer: Answer) => void Object.assign(fake.permissions, { request: answer }),
          setPermissionCheckHandler: (answer: Answer) => void Object.assign(fake.permissions, { check: answer }),
          setDevicePermissionHandler: (answer: Answer) => void Object.assign(fake.permissions, { device: answer }),
        },
      },
    } as unknown as ElectronParts;
  }
}

export interface WindowOptions {
  readonly show: boolean;
  readonly webPreferences: { readonly [name: string]: unknown };
}

export class FakeContents extends EventEmitter {
  readonly sent: unknown[][] = [];
  readonly ports: MessagePort[] = [];
  openHandler: ((details: { url: string }) => unknown) | undefined;

  setWindowOpenHandler(handler: (details: { url: string }) => unknown): void {
    this.openHandler = handler;
  }
  send(...words: unknown[]): void {
    this.sent.push(words);
  }
  postMessage(channel: string, _message: unknown, [port]: MessagePort[]): void {
    this.sent.push([channel]);
    if (port) this.ports.push(port);
  }
}

export class FakeWindow extends EventEmitter {
  readonly options: WindowOptions;
  readonly webContents = new FakeContents();
  readonly loaded: string[] = [];
  isOpen = true;
  isShown = false;
  isFocused = false;
  readonly fake: FakeElectron;

  constructor(options: WindowOptions, fake: FakeElectron) {
    super();
    this.options = options;
    this.fake = fake;
  }
  async loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    this.fake.calls.push(`loadURL ${url}`);
  }
  show(): void {
    this.isShown = true;
  }
  focus(): void {
    this.isFocused = true;
  }
  isMinimized(): boolean {
    return false;
  }
  restore(): void {}
}

/** Electron's main-process port hands over events with `data`, and begins when told to. */
function mainPort(port: MessagePort): object {
  const main = new EventEmitter();
  return Object.assign(main, {
    start: () =>
      port.on('message', (data: unknown) => main.emit('message', { data })).on('close', () => main.emit('close')),
    postMessage: (text: string) => port.postMessage(text),
    close: () => port.close(),
  });
}
