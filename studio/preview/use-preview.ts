import { useCallback, useEffect, useState } from 'react';
import { isShellNotice, type PreviewState, type ShellNotice } from './preview-state.ts';

const REFRESH_MS = 3000;

export interface Preview {
  readonly state: PreviewState | null;
  /** By device id: what its shell said last. */
  readonly notices: { readonly [device: string]: ShellNotice };
  /** Why the page cannot reach the studio, if it cannot. */
  readonly trouble: string | null;
  setOffline(device: string, offline: boolean): Promise<void>;
}

export function usePreview(): Preview {
  const [state, setState] = useState<PreviewState | null>(null);
  const [notices, setNotices] = useState<{ [device: string]: ShellNotice }>({});
  const [trouble, setTrouble] = useState<string | null>(null);

  const refresh = useCallback(async () => {
    try {
      const answer = await fetch('/api/preview/state', { cache: 'no-store' });
      if (!answer.ok) throw new Error(`The studio answered ${answer.status}.`);
      setState((await answer.json()) as PreviewState);
      setTrouble(null);
    } catch {
      setTrouble('The studio does not answer. Is `npm start` still running? This page tries again by itself.');
    }
  }, []);

  useEffect(() => {
    void refresh();
    const timer = setInterval(() => void refresh(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [refresh]);

  useEffect(() => {
    const listen = (event: MessageEvent) => {
      const device = state?.devices.find(({ url }) => new URL(url).origin === event.origin);
      if (device && isShellNotice(event.data)) {
        const notice = event.data;
        setNotices((known) => ({ ...known, [device.id]: notice }));
      }
    };
    window.addEventListener('message', listen);
    return () => window.removeEventListener('message', listen);
  }, [state]);

  const setOffline = useCallback(
    async (device: string, offline: boolean) => {
      await fetch(`/api/preview/devices/${device}/offline`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ offline }),
      });
      await refresh();
    },
    [refresh],
  );

  return { state, notices, trouble, setOffline };
}
