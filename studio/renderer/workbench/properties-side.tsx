import { lazy, Suspense } from 'react';
import { IconButton } from '../design/icon-button.tsx';
import { useWords } from '../words/index.ts';
import styles from './properties-side.module.css';
import { viewsStore } from './views-store.ts';

const PropertiesPanel = lazy(async () => ({
  default: (await import('../properties/properties-panel.tsx')).PropertiesPanel,
}));

/** The properties of what is selected, right of the editors. */
export function PropertiesSide() {
  const t = useWords('workbench');
  return (
    <div className={styles.side}>
      <header className={styles.header}>
        <h2 className={styles.title}>{t('properties.title')}</h2>
        <IconButton
          icon="close"
          label={t('properties.hide')}
          onClick={() => viewsStore.setState({ isPropertiesOpen: false })}
        />
      </header>
      <Suspense>
        <PropertiesPanel />
      </Suspense>
    </div>
  );
}
