import { descriptorOf } from '../descriptors/index.ts';
import type { FieldProps } from '../field-control.tsx';
import type { FieldEditor } from '../field-editor.ts';
import { useForm } from '../form-context.tsx';
import { typeName } from '../locate.ts';
import { ItemGrid } from './item-grid.tsx';
import { ItemList } from './item-list.tsx';

export type ItemsEditor = Extract<FieldEditor, { kind: 'items' }>;

/** A list of objects: a grid where there is room and the descriptor names columns, else one line each. */
export function ItemsField(props: FieldProps<ItemsEditor>) {
  const { isWide } = useForm();
  const { columns } = descriptorOf(typeName(props.fieldKey, {}));
  return isWide && columns && props.editor.item.kind === 'object' ? (
    <ItemGrid {...props} columns={columns} />
  ) : (
    <ItemList {...props} />
  );
}
