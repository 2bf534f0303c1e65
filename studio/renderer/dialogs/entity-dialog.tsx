import { type ReactNode, type RefObject, useRef, useState } from 'react';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Tabs } from '../design/tabs.tsx';
import { useProject } from '../model/project-store.ts';
import { FormProvider, useForm } from '../properties/form-context.tsx';
import { ReadOnlyBanner } from '../properties/read-only-banner.tsx';
import { useIndexedProblems } from '../text/slot-problems.ts';
import { useWords } from '../words/index.ts';
import { AccessTab } from './access-tab.tsx';
import { AssociationsTab } from './associations-tab.tsx';
import { ConflictsTab } from './conflicts-tab.tsx';
import styles from './entity-dialog.module.css';
import { ENTITY_TABS, type EntityTab } from './entity-tabs.ts';
import { ListTab } from './list-tab.tsx';

export interface EntityDialogProps {
  readonly document: string;
  readonly initialTab: EntityTab;
  readonly onClose: () => void;
}

/** Which key of the entity a tab is about. */
const KEYS = {
  attributes: 'attributes',
  associations: 'associations',
  validation: 'validationRules',
  indexes: 'indexes',
  handlers: 'eventHandlers',
  access: 'accessRules',
  conflicts: 'conflictPolicy',
} as const satisfies { readonly [T in EntityTab]: string };

/** Changes are applied as they are made, each an undoable step; closing only closes. */
export function EntityDialog({ document, initialTab, onClose }: EntityDialogProps) {
  const t = useWords('dialogs');
  const tabs = useRef<HTMLDivElement>(null);
  const name = useProject(({ model }) => model.documents.get(document)?.qualifiedName ?? document);
  return (
    <Dialog
      title={t('entity', { name })}
      isOpen
      onClose={onClose}
      width={1080}
      initialFocus={tabs}
      footer={
        <>
          <span className={styles.hint}>{t('applied')}</span>
          <Button tone="accent" onClick={onClose}>
            {t('done')}
          </Button>
        </>
      }
    >
      <FormProvider document={document} isWide>
        <EntityTabs initialTab={initialTab} around={tabs} />
      </FormProvider>
    </Dialog>
  );
}

interface EntityTabsProps extends Pick<EntityDialogProps, 'initialTab'> {
  readonly around: RefObject<HTMLDivElement | null>;
}

function EntityTabs({ initialTab, around }: EntityTabsProps) {
  const t = useWords('dialogs');
  const form = useForm();
  const [tab, setTab] = useState<EntityTab>(initialTab);
  const problems = useIndexedProblems(form.document);
  const badge = (id: EntityTab): ReactNode => {
    const wrong = problems.filter((problem) => problem.path?.[0] === KEYS[id]).length;
    const list = form.filled[KEYS[id]];
    if (wrong > 0) return <Badge tone="warning">{wrong}</Badge>;
    return Array.isArray(list) && list.length > 0 ? <Badge>{list.length}</Badge> : null;
  };
  const panels: { readonly [T in EntityTab]: () => ReactNode } = {
    attributes: () => <ListTab field="attributes" />,
    associations: () => <AssociationsTab />,
    validation: () => <ListTab field="validationRules" />,
    indexes: () => <ListTab field="indexes" />,
    handlers: () => <ListTab field="eventHandlers" />,
    access: () => <AccessTab />,
    conflicts: () => <ConflictsTab />,
  };
  return (
    <div ref={around} tabIndex={-1} className={styles.tabs}>
      <ReadOnlyBanner />
      <Tabs
        label={t('tabs')}
        value={tab}
        onChange={setTab}
        tabs={ENTITY_TABS.map((id) => ({
          id,
          title: t(`tab.${id}`),
          badge: badge(id),
          panel: <div className={styles.tab}>{id === tab && panels[id]()}</div>,
        }))}
      />
    </div>
  );
}
