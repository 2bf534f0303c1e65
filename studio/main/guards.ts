import type { Session, WebContents } from 'electron';
import { APP_ORIGIN } from './app-protocol.ts';

/** The workbench needs no permission of the machine's: no camera, no place, no clipboard beyond the keyboard's own. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/**
 * The window shows the workbench, its frames the given origins; everything else stays outside.
 *
 * @param frames origins; `http://127.0.0.1:*` is one of any port
 */
export function keepInside(contents: WebContents, frames: readonly string[]): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => {
    if (!mayShow(event, frames)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!mayShow(event, frames)) event.preventDefault();
  });
}

function mayShow(target: { readonly url: string; readonly isMainFrame: boolean }, frames: readonly string[]): boolean {
  const origin = originOf(target.url);
  if (target.isMainFrame) return origin === APP_ORIGIN;
  return frames.some((frame) =>
    frame.endsWith(ANY_PORT) ? origin.replace(/:\d+$/, ANY_PORT) === frame : origin === frame,
  );
}

const ANY_PORT = ':*';

/** `app:` is a scheme that URL knows no origin of. */
export function originOf(url: string): string {
  try {
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}`;
  } catch {
    return '';
  }
}
