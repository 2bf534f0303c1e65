import type { Session, WebContents } from 'electron';
import { APP_ORIGIN } from './app-protocol.ts';

/** The workbench needs no permission of the machine's: no camera, no place, no clipboard beyond the keyboard's own. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/** The window shows the workbench, its frames the given origins; everything else stays outside. */
export function keepInside(contents: WebContents, frames: readonly string[]): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => {
    const allowed = event.isMainFrame ? [APP_ORIGIN] : frames;
    if (!allowed.includes(originOf(event.url))) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    const allowed = event.isMainFrame ? [APP_ORIGIN] : frames;
    if (!allowed.includes(originOf(event.url))) event.preventDefault();
  });
}

/** `app:` is a scheme that URL knows no origin of. */
export function originOf(url: string): string {
  try {
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}`;
  } catch {
    return '';
  }
}
