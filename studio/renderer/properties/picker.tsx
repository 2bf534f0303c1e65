import { Combobox } from '@base-ui/react/combobox';
import { useId, useMemo } from 'react';
import fieldStyles from '../design/field.module.css';
import { Icon } from '../design/icon.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { useWords } from '../words/index.ts';
import { openDocument } from '../workbench/open.ts';
import type { Candidate } from './candidates.ts';
import styles from './picker.module.css';

export interface PickerProps {
  readonly label: string;
  readonly value: string;
  readonly candidates: readonly Candidate[];
  readonly onChange: (value: string | undefined) => void;
  /** Whether the value may be taken away. */
  readonly canClear?: boolean;
  /** Whether a text that is no candidate is taken as well. */
  readonly isFree?: boolean;
  readonly disabled?: boolean;
  readonly placeholder?: string;
}

const SHOWN = 200;

/** Chooses one of many by typing a part of its name; leads to what is chosen. */
export function Picker(props: PickerProps) {
  const { label, value, candidates, onChange, canClear, isFree, disabled } = props;
  const t = useWords('properties');
  const id = useId();
  const chosen = useMemo(() => candidates.find((candidate) => candidate.value === value), [candidates, value]);
  const shown: Candidate | null =
    value === '' ? null : (chosen ?? { value, label: value, icon: isFree ? 'edit' : 'warning' });
  const isMissing = value !== '' && !chosen && !isFree;
  const commitFree = (text: string) => {
    if (isFree && text !== value) onChange(text === '' && canClear ? undefined : text);
  };
  return (
    <div className={styles.picker}>
      <Combobox.Root
        items={candidates}
        value={shown}
        onValueChange={(next) => {
          if (next) onChange(next.value);
          else if (canClear) onChange(undefined);
        }}
        itemToStringLabel={(candidate: Candidate) => candidate.label}
        isItemEqualToValue={(a: Candidate, b: Candidate) => a.value === b.value}
        limit={SHOWN}
        autoHighlight={!isFree}
        disabled={disabled ?? false}
      >
        <Combobox.InputGroup className={`${fieldStyles.input} ${styles.group}`} data-missing={isMissing || undefined}>
          {shown && <Icon name={isMissing ? 'warning' : shown.icon} className={styles.icon} />}
          <Combobox.Input
            id={id}
            aria-label={label}
            aria-invalid={isMissing || undefined}
            title={isMissing ? `${value}: ${t('missing')}` : (shown?.label ?? '')}
            placeholder={props.placeholder ?? t(canClear ? 'none' : 'choose')}
            className={styles.input}
            onFocus={(event) => event.currentTarget.select()}
            onBlur={(event) => commitFree(event.currentTarget.value.trim())}
            onKeyDown={(event) => {
              if (event.key === 'Enter') commitFree(event.currentTarget.value.trim());
            }}
          />
          <Combobox.Trigger className={styles.trigger} aria-label={`${label}: ${t('choose')}`} tabIndex={-1}>
            <Icon name="chevron-down" />
          </Combobox.Trigger>
        </Combobox.InputGroup>
        <Combobox.Portal>
          <Combobox.Positioner className={styles.positioner} sideOffset={2} align="start">
            <Combobox.Popup className={styles.popup} aria-label={label}>
              <Combobox.Empty className={styles.empty}>{t('noCandidates')}</Combobox.Empty>
              <Combobox.List className={styles.list}>
                {(candidate: Candidate) => (
                  <Combobox.Item key={candidate.value} value={candidate} className={styles.item}>
                    <Icon name={candidate.icon} className={styles.icon} />
                    <span className={styles.label}>{candidate.label}</span>
                    {candidate.detail && <span className={styles.detail}>{candidate.detail}</span>}
                  </Combobox.Item>
                )}
              </Combobox.List>
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
      {canClear && value !== '' && !disabled && (
        <IconButton icon="close" label={t('clear', { field: label })} onClick={() => onChange(undefined)} />
      )}
      {chosen?.document !== undefined && (
        <IconButton
          icon="go-to-file"
          label={t('goTo', { name: chosen.label })}
          onClick={() => openDocument(chosen.document as string, { element: chosen.element })}
        />
      )}
    </div>
  );
}
