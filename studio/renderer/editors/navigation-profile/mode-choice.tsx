import { Popover } from '@base-ui/react/popover';
import type { SyncMode } from '@skerry/shared/metamodel/navigation-profile';
import { MODES } from '@skerry/shared/scope/modes';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { ModeGlyph } from '../../design/mode-glyph.tsx';
import { useRun } from '../../model/use-run.ts';
import { useWords } from '../../words/index.ts';
import styles from './mode-choice.module.css';
import type { SyncRow } from './sync-rows.ts';
import { WhatIfPane } from './what-if-pane.tsx';

export interface ModeChoiceProps {
  readonly row: SyncRow;
  readonly profile: string;
  readonly role: string | undefined;
  readonly tabIndex: number;
  /** After a constraint was asked for. */
  readonly onConstrained: () => void;
}

/** The mode of an entity: a button that says it, and behind it all six with what each would mean. */
export function ModeChoice({ row, profile, role, tabIndex, onConstrained }: ModeChoiceProps) {
  const t = useWords('profile');
  const [isOpen, setOpen] = useState(false);
  const caption = row.mode ? MODES[row.mode].caption : '–';
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger
        tabIndex={tabIndex}
        data-column="mode"
        aria-label={t('chooseMode', {
          entity: row.entity,
          mode: row.isChosen ? caption : `${caption} ${t('derived')}`,
        })}
        className={`${styles.trigger} ${row.isChosen ? '' : styles.derived}`}
        data-mode={row.mode}
      >
        <ModeGlyph mode={row.mode ?? 'none'} />
        <span className={styles.caption}>{caption}</span>{' '}
        {!row.isChosen && <span className={styles.note}>{t('derived')}</span>}
        <Icon name="chevron-down" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className={styles.positioner} sideOffset={2} align="start" collisionPadding={8}>
          <Popover.Popup
            className={styles.popup}
            initialFocus={() => document.querySelector<HTMLElement>('[data-mode-choice]:checked') ?? true}
          >
            <Choice
              row={row}
              profile={profile}
              role={role}
              onClose={(mode) => {
                setOpen(false);
                if (mode === 'constrained') onConstrained();
              }}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface ChoiceProps extends Pick<ModeChoiceProps, 'row' | 'profile' | 'role'> {
  /** With the mode that was applied. */
  readonly onClose: (applied?: SyncMode) => void;
}

function Choice({ row, profile, role, onClose }: ChoiceProps) {
  const t = useWords('profile');
  const run = useRun();
  const name = useId();
  const { entity } = row;
  const now = row.scope ? row.mode : undefined;
  const [chosen, choose] = useState(row.mode ?? 'all');
  const [pointed, point] = useState<SyncMode>();
  const isApplying = useRef(false);
  const shown = pointed ?? chosen;
  const apply = async () => {
    if (isApplying.current) return;
    isApplying.current = true;
    await run('profile.setMode', { profile, entity, mode: chosen });
    onClose(chosen);
  };
  const reset = async () => {
    await run('profile.reset', { profile, entity });
    onClose();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    void apply();
  };
  const isSame = chosen === row.mode && row.isChosen;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter on a choice applies it
    <div onKeyDown={press}>
      <Popover.Title className={styles.title}>{t('chooseMode', { entity, mode: MODES[chosen].caption })}</Popover.Title>
      <div className={styles.halves}>
        <fieldset className={styles.modes} onPointerLeave={() => point(undefined)}>
          <legend className="visually-hidden">{t('column.mode')}</legend>
          {Object.values(MODES).map(({ mode, caption }) => (
            <label
              key={mode}
              className={styles.mode}
              data-chosen={mode === chosen || undefined}
              onPointerMove={() => point(mode)}
            >
              <input
                type="radio"
                name={name}
                data-mode-choice
                checked={mode === chosen}
                className="visually-hidden"
                onChange={() => {
                  choose(mode);
                  point(undefined);
                }}
              />
              <ModeGlyph mode={mode} />
              <span className={styles.words}>
                <span className={styles.name}>
                  {caption}
                  {mode === now && <span className={styles.now}>{t('isNow')}</span>}
                </span>
                <span className={styles.meaning}>{t(`meaning.${mode}`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <WhatIfPane row={row} profile={profile} role={role} mode={shown} />
      </div>
      <div className={styles.footer}>
        {row.isChosen && (
          <Button icon="discard" onClick={() => void reset()}>
            {t('reset')}
          </Button>
        )}
        <span className={styles.gap} />
        <Button onClick={() => onClose()}>{t('cancel')}</Button>
        <Button tone="accent" disabled={isSame} onClick={() => void apply()}>
          {t('apply')}
        </Button>
      </div>
    </div>
  );
}
