import type { ObjectId } from '@skerry/shared/base/ids';
import { useEffect, useState } from 'react';
import { useApp, useCached } from '../../app-context.ts';

export interface FileView {
  /** Blob address of the body, null when it is not on this device. */
  readonly url: string | null;
  readonly name: string;
  readonly waiting: boolean;
}

/** The body of a file object, as an address for `img` and links; released when it is no longer shown. */
export function useFile(object: ObjectId | null): FileView {
  const { device, cache } = useApp();
  const snapshot = useCached(() => (object ? (cache.get(object) ?? null) : null));
  const values = snapshot.ready ? snapshot.value?.values : undefined;
  const hash = typeof values?.Hash === 'string' ? values.Hash : null;
  const [shown, setShown] = useState<{ readonly hash: string; readonly url: string | null } | null>(null);

  useEffect(() => {
    if (!object || !hash) return undefined;
    let url: string | null = null;
    let left = false;
    void device.file(object).then((file) => {
      if (left) return;
      url = file ? URL.createObjectURL(new Blob([file.body as BlobPart], { type: file.mediaType })) : null;
      setShown({ hash, url });
    });
    return () => {
      left = true;
      if (url) URL.revokeObjectURL(url);
    };
  }, [device, object, hash]);

  return {
    url: shown && shown.hash === hash ? shown.url : null,
    name: typeof values?.Name === 'string' ? values.Name : '',
    waiting: hash !== null && shown?.hash !== hash,
  };
}
