import type { DocumentPath } from '@skerry/shared/metamodel/walk';
import type { ReactNode } from 'react';
import type { FieldEditor } from './field-editor.ts';
import { ChoiceField } from './fields/choice-field.tsx';
import { CodeSlotField } from './fields/code-slot-field.tsx';
import { FlagField } from './fields/flag-field.tsx';
import { IdField } from './fields/id-field.tsx';
import { ItemsField } from './fields/items-field.tsx';
import { MapField } from './fields/map-field.tsx';
import { NameField } from './fields/name-field.tsx';
import { NumberValueField } from './fields/number-value-field.tsx';
import { ObjectField } from './fields/object-field.tsx';
import { PickerField } from './fields/picker-field.tsx';
import { PlainField } from './fields/plain-field.tsx';
import { RawField } from './fields/raw-field.tsx';
import { ScalarsField } from './fields/scalars-field.tsx';
import { UnionField } from './fields/union-field.tsx';
import { WordsField } from './fields/words-field.tsx';

export interface FieldProps<E extends FieldEditor = FieldEditor> {
  readonly path: DocumentPath;
  readonly editor: E;
  readonly label: string;
  /** The type of the element it belongs to, and its key there: for captions. */
  readonly type: string;
  readonly fieldKey: string;
  /** Whether the value may be absent. */
  readonly optional: boolean;
  /** In a cell of a grid: no message of its own, as small as can be. */
  readonly isCell?: boolean | undefined;
}

/** The control for one value. */
export function FieldControl(props: FieldProps): ReactNode {
  const { editor } = props;
  switch (editor.kind) {
    case 'fixed':
      return null;
    case 'id':
      return <IdField {...props} />;
    case 'name':
      return <NameField {...props} />;
    case 'plain':
    case 'newVariable':
      return <PlainField {...props} editor={editor} />;
    case 'words':
    case 'template':
      return <WordsField {...props} editor={editor} />;
    case 'flag':
      return <FlagField {...props} />;
    case 'number':
      return <NumberValueField {...props} editor={editor} />;
    case 'choice':
      return <ChoiceField {...props} editor={editor} />;
    case 'reference':
    case 'nameOf':
    case 'variable':
    case 'pointer':
      return <PickerField {...props} editor={editor} />;
    case 'code':
      return <CodeSlotField {...props} editor={editor} />;
    case 'object':
      return <ObjectField {...props} editor={editor} />;
    case 'union':
      return <UnionField {...props} editor={editor} />;
    case 'scalars':
      return <ScalarsField {...props} editor={editor} />;
    case 'items':
      return <ItemsField {...props} editor={editor} />;
    case 'map':
      return <MapField {...props} editor={editor} />;
    case 'raw':
      return <RawField {...props} />;
  }
}
