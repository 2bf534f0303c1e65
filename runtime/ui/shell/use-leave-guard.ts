import type { BundleContent } from '@skerry/shared/bundle/content';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import { useCallback, useMemo, useRef } from 'react';
import type { Device } from '../../engine/device-face.ts';
import { mayLeave, type OpenPage } from '../actions/leave-pages.ts';
import type { Asking } from './dialogs.tsx';
import { useWords } from './words-context.ts';

export interface LeaveGuard {
  /** Makes a page known for as long as it is open. */
  register(key: number, page: OpenPage): () => void;
  /** Whether leaving these pages may need a question; told at once, and `mayLeave` decides. */
  mayBeEdited(keys: readonly number[]): boolean;
  /** Asks where leaving these pages would lose something. */
  mayLeave(keys: readonly number[]): Promise<boolean>;
}

/** For screens on which nothing is edited. */
export const NO_GUARD: LeaveGuard = {
  register: () => () => {},
  mayBeEdited: () => false,
  mayLeave: async () => true,
};

/** Pages with edits that stand nowhere are not left without a question. */
export function useLeaveGuard(device: Device, content: BundleContent, asking: Asking): LeaveGuard {
  const say = useWords();
  const { choose } = asking;
  const pages = useRef(new Map<number, OpenPage>());
  const ask = useCallback(
    (canSave: boolean) =>
      choose<'keep' | 'discard' | 'save'>({
        title: say('unsavedTitle'),
        note: say(canSave ? 'unsavedNoteSave' : 'unsavedNote'),
        answers: [
          ...(canSave ? [{ value: 'save', caption: say('save'), variant: 'primary' } as const] : []),
          { value: 'keep', caption: say('keepEditing'), variant: canSave ? 'secondary' : 'primary' },
          { value: 'discard', caption: say('discardEdits'), variant: 'danger' },
        ],
      }),
    [choose, say],
  );
  return useMemo(() => {
    const view = domainView(content.model);
    const open = (keys: readonly number[]) =>
      keys.flatMap((key) => {
        const page = pages.current.get(key);
        return page ? [page] : [];
      });
    return {
      register(key, page) {
        pages.current.set(key, page);
        return () => void pages.current.delete(key);
      },
      mayBeEdited: (keys) => open(keys).some(({ state }) => state.mayBeEdited()),
      mayLeave: (keys) =>
        mayLeave(open(keys), open([...pages.current.keys()].filter((key) => !keys.includes(key))), {
          device,
          isStored: (entity) => view.entity(entity)?.persistable !== false,
          ask,
        }),
    };
  }, [device, content, ask]);
}
