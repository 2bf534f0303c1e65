import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useHost } from '../host/host-link.ts';
import { useProject } from '../model/project-store.ts';
import { useWords } from '../words/index.ts';
import { actionStore } from '../workbench/actions.ts';
import styles from './form.module.css';

const SHOW = 'references.show';

/** In how many places an element is spoken of; leads to them where somebody can show them. */
export function UsageLink({ document, element }: { readonly document: string; readonly element: string }) {
  const t = useWords('properties');
  const { ask } = useHost();
  const revision = useProject((project) => project.revision);
  const show = useStore(actionStore, ({ actions }) => actions.get(SHOW));
  const [count, setCount] = useState<number | undefined>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted anew after each step
  useEffect(() => {
    let isGone = false;
    // Not while somebody types.
    const timer = setTimeout(() => {
      ask('refactoring/usages', { document, element }).then(
        (usages) => !isGone && setCount(usages.length),
        // Elements that nobody can speak of have no usages to count.
        () => !isGone && setCount(undefined),
      );
    }, 200);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [ask, document, element, revision]);
  if (count === undefined) return null;
  const words = count === 0 ? t('unused') : t('usedIn', { count });
  return (
    <button type="button" className={styles.used} disabled={!show || count === 0} onClick={() => void show?.run()}>
      {words}
    </button>
  );
}
