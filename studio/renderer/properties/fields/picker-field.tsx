import { useMemo } from 'react';
import { useWords } from '../../words/index.ts';
import {
  type Candidate,
  nameCandidates,
  pointerCandidates,
  referenceCandidates,
  type Site,
  variableCandidates,
} from '../candidates.ts';
import type { FieldProps } from '../field-control.tsx';
import type { FieldEditor } from '../field-editor.ts';
import { useField, useForm, useSite } from '../form-context.tsx';
import { Picker } from '../picker.tsx';

export type ChosenEditor = Extract<FieldEditor, { kind: 'reference' | 'nameOf' | 'variable' | 'pointer' }>;

/** What a field that names something may name. */
export function candidatesOf(editor: ChosenEditor, site: Site | undefined): readonly Candidate[] {
  if (!site) return [];
  switch (editor.kind) {
    case 'reference':
      return referenceCandidates(editor.to, site);
    case 'nameOf':
      return nameCandidates(editor.to, site);
    case 'variable':
      return variableCandidates(site);
    case 'pointer':
      return pointerCandidates(site);
  }
}

/** Whether a text is taken that names nothing: values, icons of the built-in set, ways of a decision. */
export function isFree(editor: ChosenEditor): boolean {
  if (editor.kind === 'reference') return editor.to === 'icon';
  return editor.kind === 'nameOf' && (editor.to === 'memberValue' || editor.to === 'case');
}

export function PickerField({ path, editor, label, optional }: FieldProps<ChosenEditor>) {
  const t = useWords('properties');
  const form = useForm();
  const site = useSite(path);
  const { value, isMixed } = useField(path);
  const candidates = useMemo(() => candidatesOf(editor, site), [editor, site]);
  return (
    <Picker
      label={label}
      value={typeof value === 'string' && !isMixed ? value : ''}
      candidates={candidates}
      canClear={optional}
      isFree={isFree(editor)}
      disabled={form.isReadOnly}
      {...(isMixed ? { placeholder: t('mixed') } : {})}
      onChange={(next) => form.write(path, next)}
    />
  );
}
