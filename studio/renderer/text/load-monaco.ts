import { useEffect, useState } from 'react';

export type Monaco = typeof import('./monaco.ts');

let loading: Promise<Monaco> | undefined;
let loaded: Monaco | undefined;

/** The editor's code, fetched once. */
export function loadMonaco(): Promise<Monaco> {
  loading ??= import('./monaco.ts').then((monaco) => {
    loaded = monaco;
    return monaco;
  });
  return loading;
}

/** Fetches the editor's code while nothing else is to do, so that the first field that is clicked opens at once. */
export function loadMonacoWhenIdle(): void {
  if (loading) return;
  if ('requestIdleCallback' in globalThis) requestIdleCallback(() => void loadMonaco(), { timeout: 5000 });
  else setTimeout(() => void loadMonaco(), 1000);
}

/** The editor once it is there; undefined until then. */
export function useMonaco(): Monaco | undefined {
  const [monaco, setMonaco] = useState(loaded);
  useEffect(() => {
    if (monaco) return;
    let isGone = false;
    void loadMonaco().then((found) => {
      if (!isGone) setMonaco(found);
    });
    return () => {
      isGone = true;
    };
  }, [monaco]);
  return monaco;
}
