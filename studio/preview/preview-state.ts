/** GET /api/preview/state: all the preview page shows of the service and its device listeners. */
export interface PreviewState {
  readonly app: { readonly name: string; readonly version: string | null; readonly profile: string };
  readonly service: { readonly url: string; readonly database: string };
  readonly devices: readonly PreviewDevice[];
  readonly demoUsers: readonly {
    readonly name: string;
    readonly password: string;
    readonly caption: string;
    readonly roles: readonly string[];
  }[];
}

export interface PreviewDevice {
  readonly id: string;
  readonly name: string;
  /** The device's own origin, with a slash at the end. */
  readonly url: string;
  /** Its listener is closed: page, worker and service worker have no network. */
  readonly offline: boolean;
}

/** What a device's shell tells the page that frames it (window.postMessage), whenever its status changes. */
export interface ShellNotice {
  readonly skerry: 'status';
  readonly user: string | null;
  readonly online: boolean;
  readonly syncing: boolean;
  readonly pending: number;
  readonly inbox: number;
  readonly bundleVersion: string | null;
  readonly lastSyncMs: number | null;
  readonly storage: 'persistent' | 'bestEffort' | 'memory';
}

export function isShellNotice(data: unknown): data is ShellNotice {
  return typeof data === 'object' && data !== null && (data as { skerry?: unknown }).skerry === 'status';
}
