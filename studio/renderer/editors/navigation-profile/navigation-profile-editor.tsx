import { lazy, Suspense, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { EmptyState } from '../../design/empty-state.tsx';
import { Spinner } from '../../design/spinner.tsx';
import { ToggleRow } from '../../design/toggle-row.tsx';
import { useDocument } from '../../model/project-store.ts';
import { chooseProfile } from '../../model/scope-store.ts';
import { FieldControl } from '../../properties/field-control.tsx';
import { FormProvider } from '../../properties/form-context.tsx';
import { useWords } from '../../words/index.ts';
import { type OpenRequest, openStore } from '../../workbench/open.ts';
import { select } from '../../workbench/selection.ts';
import type { EditorProps } from '../editor.ts';
import { PagesSection, TriggersSection } from './form-sections.tsx';
import { MenuSection } from './menu-section.tsx';
import { menuRows } from './menu-tree.ts';
import styles from './navigation-profile-editor.module.css';
import { SyncSection } from './sync-section.tsx';

const SECTIONS = ['synchronization', 'pages', 'menu', 'triggers', 'text'] as const;
type Section = (typeof SECTIONS)[number];
const ICONS: { readonly [S in Section]: string } = {
  synchronization: 'sync',
  pages: 'home',
  menu: 'list-tree',
  triggers: 'watch',
  text: 'json',
};
const PROFILES = ['online', 'offlineWeb', 'offlineNative'];

const Text = lazy(async () => ({ default: (await import('../../text/json-text-editor.tsx')).JsonTextEditor }));

/** How one kind of device uses the app: where it begins, its menu, and above all what it holds without a network. */
export function NavigationProfileEditor({ path, isActive }: EditorProps) {
  const t = useWords('profile');
  const content = useDocument(path);
  const [section, setSection] = useState<Section>('synchronization');
  const wanted = useWanted(path, setSection);
  const profile = typeof content?.name === 'string' ? content.name : '';
  const isOffline = content?.profile !== 'online';
  useEffect(() => {
    if (isActive && isOffline && profile !== '') chooseProfile(profile);
  }, [isActive, isOffline, profile]);
  return (
    <div className={styles.editor}>
      <header className={styles.header}>
        <h2 className={styles.title}>{profile}</h2>
        <ToggleRow
          label={t('sections')}
          value={section}
          onChange={setSection}
          options={SECTIONS.map((value) => ({ value, label: t(`section.${value}`), icon: ICONS[value] }))}
        />
      </header>
      {section === 'synchronization' && isOffline && <SyncSection path={path} profile={profile} wanted={wanted} />}
      {section === 'synchronization' && !isOffline && (
        <EmptyState icon="cloud" title={t('online')} action={<Runs path={path} />}>
          {t('onlineHint')}
        </EmptyState>
      )}
      {section === 'pages' && <PagesSection path={path} />}
      {section === 'menu' && <MenuSection path={path} />}
      {section === 'triggers' && <TriggersSection path={path} />}
      {section === 'text' && (
        <Suspense fallback={<Spinner label={t('section.text')} />}>
          <Text document={path} />
        </Suspense>
      )}
    </div>
  );
}

/** Where the profile runs, as a choice. */
function Runs({ path }: { readonly path: string }) {
  const t = useWords('profile');
  return (
    <FormProvider document={path}>
      <div className={styles.runs}>
        <FieldControl
          path={['profile']}
          editor={{ kind: 'choice', values: PROFILES }}
          label={t('runs')}
          type="navigationProfile"
          fieldKey="profile"
          optional={false}
        />
      </div>
    </FormProvider>
  );
}

/** Follows wishes to see a part of the profile: a menu item, or an entity's setting. */
function useWanted(path: string, show: (section: Section) => void) {
  const request = useStore(openStore, ({ request: last }) => (last?.document === path ? last : undefined));
  const content = useDocument(path);
  const [wanted, setWanted] = useState<{ entity: string; at: number }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each wish once, when it comes
  useEffect(() => {
    if (!request) return;
    const { element } = request;
    if (element !== undefined && menuRows(content?.menu).some(({ id }) => id === element)) {
      show('menu');
      select(path, [element]);
      return;
    }
    const section = sectionOf(request);
    if (section) show(section);
    const entity = entityOf(request);
    if (entity !== undefined) setWanted({ entity, at: request.at });
  }, [request?.at]);
  return wanted;
}

function entityOf({ path = [] }: OpenRequest): string | undefined {
  return path[0] === 'synchronization' && path[1] === 'entities' && typeof path[2] === 'string' ? path[2] : undefined;
}

function sectionOf({ path = [] }: OpenRequest): Section | undefined {
  switch (path[0]) {
    case 'menu':
      return 'menu';
    case 'homePage':
    case 'homePageByRole':
    case 'signInPage':
      return 'pages';
    case 'synchronization':
      return path[1] === 'entities' || path[1] === 'additional' ? 'synchronization' : 'triggers';
    default:
      return undefined;
  }
}
