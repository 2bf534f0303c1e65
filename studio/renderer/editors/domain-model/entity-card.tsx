import type { AttributeType } from '@skerry/shared/metamodel/entity';
import { type CSSProperties, memo, useState } from 'react';
import { useCanvas } from '../../canvas/canvas-context.ts';
import type { ShapeProps } from '../../canvas/content.ts';
import { Icon } from '../../design/icon.tsx';
import { ModeGlyph } from '../../design/mode-glyph.tsx';
import { useWords } from '../../words/index.ts';
import type { AttributeRow, EntityCardData } from './diagram.ts';
import { type DomainEditing, useDomainEditing } from './domain-context.ts';
import styles from './entity-card.module.css';
import { NameInput } from './name-input.tsx';
import { TypeMenu } from './type-menu.tsx';
import { typeIcon, typeWord } from './type-words.ts';

export function EntityCard({ id, data, isSelected }: ShapeProps<EntityCardData>) {
  const editing = useDomainEditing();
  const { isFar, startConnect, connectTarget } = useCanvas();
  const t = useWords('domain');
  const scoped = editing.scope?.get(data.qualifiedName);
  const mode = editing.scope ? (scoped?.mode ?? 'none') : undefined;
  const problems = editing.problems.get(id);
  const classes = [
    styles.card,
    isSelected && styles.selected,
    connectTarget === id && styles.target,
    data.isForeign && styles.foreign,
    !data.isPersistable && styles.transient,
    mode === 'none' && styles.outside,
    mode && styles.scoped,
    isFar && styles.far,
  ];
  const style = mode
    ? ({ '--card': `var(--mode-${mode})`, '--card-soft': `var(--mode-${mode}-soft)` } as CSSProperties)
    : undefined;
  const isNaming = editing.writing?.kind === 'name' && editing.writing.id === id;
  if (isFar) {
    return (
      <div className={classes.filter(Boolean).join(' ')} style={style}>
        <span className={styles.farName}>{data.name}</span>
      </div>
    );
  }
  return (
    <div className={classes.filter(Boolean).join(' ')} style={style} data-testid={`entity-${data.name}`}>
      <div className={styles.header}>
        {mode ? (
          <ModeGlyph mode={mode} />
        ) : (
          <Icon name={data.isPersistable ? 'table' : 'symbol-object'} className={styles.kind ?? ''} />
        )}
        {isNaming ? (
          <NameInput
            label={t('renameLabel', { name: data.name })}
            value={data.name}
            onCancel={() => editing.write(undefined)}
            onCommit={(name) => {
              editing.write(undefined);
              if (name && name !== data.name) editing.rename(id, name);
            }}
          />
        ) : (
          <span className={styles.name} title={data.qualifiedName}>
            {data.isForeign && <span className={styles.module}>{data.module}.</span>}
            {data.name}
          </span>
        )}
        {mode && mode !== 'none' && scoped?.rows !== undefined && (
          <span className={styles.count} title={t('rows', { count: scoped.rows })}>
            {scoped.rows.toLocaleString('en').replaceAll(',', ' ')}
          </span>
        )}
        <Markers data={data} editing={editing} />
        {problems && (
          <span
            className={problems.isError ? styles.error : styles.warning}
            role="img"
            aria-label={t('problems', { count: problems.count })}
            title={problems.text}
          >
            <Icon name={problems.isError ? 'error' : 'warning'} />
          </span>
        )}
      </div>
      {data.generalization && (
        <div className={styles.tag} title={t('isA', { name: data.generalization })}>
          <Icon name="type-hierarchy-super" />
          {data.generalization}
        </div>
      )}
      {!data.isForeign && (
        <Rows
          rows={data.rows}
          entity={id}
          draft={editing.writing?.kind === 'attribute' && editing.writing.entity === id}
        />
      )}
      {!data.isForeign && isSelected && editing.selected.size === 1 && editing.writing === undefined && (
        <button
          type="button"
          className={`nodrag ${styles.add}`}
          onClick={(event) => {
            event.stopPropagation();
            editing.write({ kind: 'attribute', entity: id });
          }}
        >
          <Icon name="add" />
          {t('addAttribute')}
        </button>
      )}
      {(['top', 'right', 'bottom', 'left'] as const).map((side) => (
        <span
          key={side}
          className={`nodrag ${styles.connector} ${styles[side]}`}
          title={t('drawFrom', { name: data.name })}
          onPointerDown={(event) => startConnect(id, event)}
        />
      ))}
    </div>
  );
}

function Markers({ data, editing }: { readonly data: EntityCardData; readonly editing: DomainEditing }) {
  const t = useWords('domain');
  if (data.isForeign || editing.scope) return null;
  return (
    <>
      {data.handlers > 0 && (
        <span
          className={styles.marker}
          role="img"
          aria-label={t('handlers', { count: data.handlers })}
          title={t('handlers', { count: data.handlers })}
        >
          <Icon name="zap" />
        </span>
      )}
      {data.accessRules === 0 && (
        <span className={styles.marker} role="img" aria-label={t('noAccess')} title={t('noAccess')}>
          <Icon name="lock" />
        </span>
      )}
    </>
  );
}

interface RowsProps {
  readonly rows: readonly AttributeRow[];
  readonly entity: string;
  readonly draft: boolean;
}

function Rows({ rows, entity, draft }: RowsProps) {
  const editing = useDomainEditing();
  if (rows.length === 0 && !draft) return null;
  return (
    <div className={styles.rows}>
      {rows.map((row) => (
        <Row
          key={row.id}
          row={row}
          isSelected={editing.selected.has(row.id)}
          isNaming={editing.writing?.kind === 'name' && editing.writing.id === row.id}
          problems={editing.problems.get(row.id)?.text}
          editing={editing}
        />
      ))}
      {draft && <DraftRow entity={entity} />}
    </div>
  );
}

interface RowProps {
  readonly row: AttributeRow;
  readonly isSelected: boolean;
  readonly isNaming: boolean;
  readonly problems: string | undefined;
  readonly editing: DomainEditing;
}

const Row = memo(
  function Row({ row, isSelected, isNaming, problems, editing }: RowProps) {
    const t = useWords('domain');
    const { attribute } = row;
    const marks = [row.isRequired && t('required'), row.isUnique && t('unique'), row.isIndexed && t('indexed')];
    const hint = [`${row.name}: ${typeWord(attribute.type)}`, ...marks, attribute.documentation, problems];
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: the canvas walks through rows with the keyboard (row-step)
      // biome-ignore lint/a11y/useKeyWithClickEvents: as above
      <div
        className={isSelected ? `${styles.row} ${styles.rowSelected}` : styles.row}
        data-element={row.id}
        title={hint.filter(Boolean).join('\n')}
        onClick={(event) => {
          event.stopPropagation();
          editing.select([row.id]);
        }}
        onDoubleClick={(event) => {
          event.stopPropagation();
          editing.write({ kind: 'name', id: row.id });
        }}
      >
        <Icon name={typeIcon(attribute.type)} className={styles.glyph ?? ''} />
        {isNaming ? (
          <NameInput
            label={t('renameLabel', { name: row.name })}
            value={row.name}
            onCancel={() => editing.write(undefined)}
            onCommit={(name) => {
              editing.write(undefined);
              if (name && name !== row.name) editing.rename(row.id, name);
            }}
          />
        ) : (
          <span className={styles.attribute}>
            {row.name}
            {row.isRequired && <span className={styles.required}>*</span>}
          </span>
        )}
        {row.isIndexed && <Icon name="list-filter" className={styles.small ?? ''} />}
        {problems && <Icon name="warning" className={styles.rowProblem ?? ''} />}
        {isSelected ? (
          <TypeMenu
            name={row.name}
            type={attribute.type}
            enumerations={editing.enumerations}
            onChoose={(type) => editing.setType(row.id, type)}
          />
        ) : (
          <span className={styles.type}>{typeWord(attribute.type)}</span>
        )}
      </div>
    );
  },
  (a, b) =>
    a.row === b.row &&
    a.isSelected === b.isSelected &&
    a.isNaming === b.isNaming &&
    a.problems === b.problems &&
    (!b.isSelected || a.editing === b.editing),
);

/** The attribute to come: Enter makes it and begins the next. */
function DraftRow({ entity }: { readonly entity: string }) {
  const editing = useDomainEditing();
  const t = useWords('domain');
  const [type, setType] = useState<AttributeType>({ kind: 'String', length: 200 });
  const [round, setRound] = useState(0);
  return (
    <div className={`${styles.row} ${styles.rowSelected}`}>
      <Icon name={typeIcon(type)} className={styles.glyph ?? ''} />
      <NameInput
        key={round}
        label={t('newAttribute')}
        value=""
        placeholder={t('newAttributeShort')}
        onCancel={() => editing.write(undefined)}
        onCommit={async (name, byEnter) => {
          if (!name) return editing.write(undefined);
          const isTaken = await editing.addAttribute(entity, name, type);
          if (!byEnter && isTaken) editing.write(undefined);
          else setRound((now) => now + 1);
        }}
      />
      <TypeMenu
        name={t('newAttribute')}
        type={type}
        enumerations={editing.enumerations}
        onChoose={(chosen) => setType(chosen)}
      />
    </div>
  );
}
