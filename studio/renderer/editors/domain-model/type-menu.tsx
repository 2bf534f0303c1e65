import type { AttributeType } from '@skerry/shared/metamodel/entity';
import { Icon } from '../../design/icon.tsx';
import { Menu, type MenuItem } from '../../design/menu.tsx';
import { useWords } from '../../words/index.ts';
import styles from './entity-card.module.css';
import { PLAIN_TYPES, typeIcon, typeWord } from './type-words.ts';

export interface TypeMenuProps {
  readonly name: string;
  readonly type: AttributeType;
  readonly enumerations: readonly string[];
  readonly onChoose: (type: AttributeType) => void;
}

/** An attribute's type as a word that opens the choice. */
export function TypeMenu({ name, type, enumerations, onChoose }: TypeMenuProps) {
  const t = useWords('domain');
  const items: MenuItem[] = PLAIN_TYPES.map((one) => ({
    id: typeWord(one),
    title: one.kind === 'String' ? t(one.length === null ? 'unlimited' : 'string') : one.kind,
    icon: typeIcon(one),
    run: () => onChoose(one),
  }));
  items.splice(7, 0, {
    id: 'Enumeration',
    title: t('enumerations'),
    icon: 'symbol-enum',
    disabled: enumerations.length === 0,
    items: enumerations.map((enumeration) => ({
      id: enumeration,
      title: enumeration,
      icon: 'symbol-enum',
      run: () => onChoose({ kind: 'Enumeration', enumeration }),
    })),
  });
  return (
    <Menu
      align="end"
      items={items}
      trigger={
        <button
          type="button"
          data-row-control
          className={`nodrag ${styles.typeButton}`}
          aria-label={`${t('typeOf', { name })}: ${typeWord(type)}`}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          {typeWord(type)}
          <Icon name="chevron-down" />
        </button>
      }
    />
  );
}
