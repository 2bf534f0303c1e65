import { spawn } from 'node:child_process';

/** Opens an address with whatever the machine opens addresses with; where that fails, the printed address remains. */
export function openBrowser(url: string): void {
  if (process.env.SKERRY_NO_OPEN === '1') return;
  const [command, ...args] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open'];
  const opener = spawn(command as string, [...args, url], { stdio: 'ignore', detached: true });
  opener.on('error', () => {});
  opener.unref();
}
