/** What the process that starts the desktop window tells it, as JSON in the environment variable of this name. */
export const DESKTOP_OPTIONS = 'SKERRY_DESKTOP_OPTIONS';

export interface DesktopOptions {
  /** The workbench's build. */
  readonly pageFolder: string;
  /** The window's own data; one instance runs on it at a time. */
  readonly dataFolder: string;
  /** Origins that the workbench shows in frames. */
  readonly frames: readonly string[];
}

/** To the host: a window has opened, says something, has gone. */
export type FromDesktop =
  | { readonly kind: 'ready' }
  | { readonly kind: 'opened'; readonly window: number }
  | { readonly kind: 'text'; readonly window: number; readonly text: string }
  | { readonly kind: 'closed'; readonly window: number };

/** To a window. */
export type ToDesktop =
  | { readonly kind: 'text'; readonly window: number; readonly text: string }
  | { readonly kind: 'closed'; readonly window: number };

/** The line to the process that the host lives in. */
export interface HostLine {
  post(message: FromDesktop): void;
  onMessage(listener: (message: ToDesktop) => void): void;
  /** The host has gone. */
  onEnd(listener: () => void): void;
}
