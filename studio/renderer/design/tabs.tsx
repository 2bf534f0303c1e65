import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import styles from './tabs.module.css';

export interface TabItem<V extends string = string> {
  readonly id: V;
  readonly title: string;
  readonly icon?: string | undefined;
  /** Behind the title: a count, mostly. */
  readonly badge?: ReactNode;
  readonly panel: ReactNode;
}

export interface TabsProps<V extends string = string> {
  readonly label: string;
  readonly tabs: readonly TabItem<V>[];
  readonly value: V;
  readonly onChange: (id: V) => void;
  /** At the right end of the row. */
  readonly actions?: ReactNode;
}

/** Only the chosen tab's panel is mounted. */
export function Tabs<V extends string>({ label, tabs, value, onChange, actions }: TabsProps<V>) {
  return (
    <Base.Root value={value} onValueChange={onChange} className={styles.root}>
      <div className={styles.bar}>
        <Base.List aria-label={label} className={styles.list} activateOnFocus>
          {tabs.map((tab) => (
            <Base.Tab key={tab.id} value={tab.id} className={styles.tab}>
              {tab.icon && <Icon name={tab.icon} />}
              {tab.title}
              {tab.badge}
            </Base.Tab>
          ))}
        </Base.List>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {tabs.map((tab) => (
        <Base.Panel key={tab.id} value={tab.id} className={styles.panel}>
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
