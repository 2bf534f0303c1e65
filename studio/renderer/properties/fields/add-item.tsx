import { Button } from '../../design/button.tsx';
import { Menu } from '../../design/menu.tsx';
import { useWords } from '../../words/index.ts';
import { typeCaption } from '../captions.ts';
import { typeName } from '../locate.ts';
import type { ItemsEditor } from './items-field.tsx';

export interface AddItemProps {
  readonly editor: ItemsEditor;
  readonly label: string;
  readonly fieldKey: string;
  readonly onAdd: (kind?: string) => void;
}

/** Adds an item; where there are several kinds it asks which. */
export function AddItem({ editor, label, fieldKey, onAdd }: AddItemProps) {
  const t = useWords('properties');
  const name = t('addItem', { field: label });
  if (editor.item.kind === 'object') {
    return (
      <Button size="small" icon="add" aria-label={name} onClick={() => onAdd()}>
        {t('add')}
      </Button>
    );
  }
  const items = [...editor.item.options.keys()].map((kind) => ({
    id: kind,
    title: typeCaption(t, typeName(fieldKey, { kind })),
    run: () => onAdd(kind),
  }));
  const trigger = (
    <Button size="small" icon="add" aria-label={name}>
      {t('add')}
    </Button>
  );
  return <Menu items={items} trigger={trigger} />;
}
