import { MODES } from '@skerry/shared/scope/modes';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { EmptyState } from '../design/empty-state.tsx';
import { Icon } from '../design/icon.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { ModeGlyph } from '../design/mode-glyph.tsx';
import { Select } from '../design/select.tsx';
import { useProject } from '../model/project-store.ts';
import { chooseProfile, chooseRole, type ScopeStep, scopeStore, useScopeView } from '../model/scope-store.ts';
import { useWords, type Words } from '../words/index.ts';
import { openDocument } from '../workbench/open.ts';
import styles from './scope-panel.module.css';
import { ScopeTotals } from './scope-totals.tsx';

/** What edits have brought onto devices and taken off them, since the project was opened or saved. */
export function ScopePanel() {
  const t = useWords('scope');
  const { profiles, profile, steps } = useStore(scopeStore);
  const view = useScopeView(profile);
  const document = useProject(({ model }) => profile && model.find('navigationProfile', profile)?.path);
  if (profile === undefined) {
    return (
      <EmptyState icon="target" title={t('noProfile')}>
        {t('noProfileHint')}
      </EmptyState>
    );
  }
  const shown = steps.filter((step) => step.profile === profile);
  const open = (entity?: string) =>
    document && openDocument(document, { path: ['synchronization', 'entities', ...(entity ? [entity] : [])] });
  return (
    <div className={styles.panel}>
      <div className={styles.bar}>
        <div className={styles.choice}>
          <Select
            label={t('profile')}
            hideLabel
            value={profile}
            options={profiles.map((name) => ({ value: name, label: name, icon: 'device-mobile' }))}
            onChange={chooseProfile}
          />
        </div>
        <div className={styles.choice}>
          <Select
            label={t('role')}
            hideLabel
            value={view?.role}
            options={(view?.roles ?? []).map((name) => ({ value: name, label: name, icon: 'account' }))}
            onChange={chooseRole}
          />
        </div>
        {view && <ScopeTotals view={view} />}
        <span className={styles.gap} />
        <IconButton icon="table" label={t('openProfile')} onClick={() => open()} />
      </div>
      {shown.length === 0 ? (
        <EmptyState icon="target" title={t('none')}>
          {t('noneHint')}
        </EmptyState>
      ) : (
        <ol aria-label={t('list')} className={styles.steps}>
          {shown.map((step) => (
            <li key={step.revision} className={styles.step}>
              <p className={styles.label}>
                {labelOf(t, step)}
                {step.others > 0 && <span className={styles.others}>{t('others', { count: step.others })}</span>}
              </p>
              <ul className={styles.effects}>
                <Effects step={step} onOpen={open} />
              </ul>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

function labelOf(t: Words, { label, origin }: ScopeStep): string {
  if (origin === 'undo' || origin === 'redo') return t(origin, { label });
  return origin === 'disk' ? t('disk') : label;
}

interface EffectsProps {
  readonly step: ScopeStep;
  readonly onOpen: (entity: string) => void;
}

function Effects({ step: { diff }, onOpen }: EffectsProps) {
  const t = useWords('scope');
  // What enters or changes its mode has, mostly, changed everything else as well.
  const told = new Set([...diff.entered, ...diff.left, ...diff.changedMode.map(({ entity }) => entity)]);
  return (
    <>
      {diff.entered.map((entity) => (
        <Effect key={entity} icon="diff-added" tone="entered" entity={entity} onOpen={onOpen}>
          {t('entered')}
        </Effect>
      ))}
      {diff.left.map((entity) => (
        <Effect key={entity} icon="diff-removed" tone="left" entity={entity}>
          {t('left')}
        </Effect>
      ))}
      {diff.changedMode.map(({ entity, from, to }) => (
        <Effect key={entity} icon="diff-modified" tone="changed" entity={entity} onOpen={onOpen}>
          <span className={styles.modes}>
            <ModeGlyph mode={from} />
            <ModeGlyph mode={to} />
            {t('mode', { from: MODES[from].caption, to: MODES[to].caption })}
          </span>
        </Effect>
      ))}
      {diff.changed
        .filter(({ entity }) => !told.has(entity))
        .map(({ entity, what }) => (
          <Effect key={entity} icon="diff-modified" tone="changed" entity={entity} onOpen={onOpen}>
            {t('changed', { what: what.map((one) => t(one)).join(t('and')) })}
          </Effect>
        ))}
    </>
  );
}

interface EffectProps {
  readonly icon: string;
  readonly tone: 'entered' | 'left' | 'changed';
  readonly entity: string;
  /** Absent: there is nothing to see any more. */
  readonly onOpen?: (entity: string) => void;
  readonly children: ReactNode;
}

function Effect({ icon, tone, entity, onOpen, children }: EffectProps) {
  const t = useWords('scope');
  return (
    <li className={styles.effect} data-tone={tone}>
      <Icon name={icon} />
      <b>{entity}</b>
      <span className={styles.what}>{children}</span>
      {onOpen && (
        <button
          type="button"
          aria-label={`${t('why')} ${entity}`}
          className={styles.why}
          onClick={() => onOpen(entity)}
        >
          {t('why')}
        </button>
      )}
    </li>
  );
}
