import { useCallback } from 'react';
import type { Device } from '../../engine/device-face.ts';
import type { Asking } from './dialogs.tsx';
import { useWords } from './words-context.ts';

/** Signing out never drops work silently: what is unsent is sent first, or given up in so many words. */
export function useSignOut(
  device: Device,
  asking: Asking,
  toast: (level: 'warning' | 'error', text: string) => void,
): () => Promise<void> {
  const say = useWords();
  const { choose } = asking;
  return useCallback(async () => {
    const first = await device.signOut();
    if (first.ok) return;
    if (first.error.code !== 'session/unsent-work') return toast('error', first.error.message);
    const { pending, inbox } = await device.status();
    const answer = await choose({
      title: say('unsentTitle'),
      note: say('unsentNote', pending + inbox),
      answers: [
        { value: 'send', caption: say('sendFirst'), variant: 'primary' },
        { value: 'discard', caption: say('discardAndSignOut'), variant: 'danger' },
        { value: 'stay', caption: say('stay'), variant: 'secondary' },
      ],
    });
    if (answer === 'discard') {
      await device.signOut({ discard: true });
    } else if (answer === 'send') {
      const result = await device.synchronize();
      if (result.failure) return toast('warning', result.failure.message);
      const again = await device.signOut();
      if (!again.ok) toast('warning', again.error.message);
    }
  }, [device, choose, toast, say]);
}
