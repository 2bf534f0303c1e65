import type { Json } from '@skerry/shared/base/json';
import { association } from '@skerry/shared/metamodel/entity';
import { type ObjectShape, shapeOf } from '@skerry/shared/metamodel/shape';
import { Icon } from '../design/icon.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { Select } from '../design/select.tsx';
import { useProject } from '../model/project-store.ts';
import { useRun } from '../model/use-run.ts';
import { placeOf } from '../properties/changes.ts';
import { type FormField, formOf } from '../properties/descriptors/index.ts';
import { FieldRow } from '../properties/field-row.tsx';
import { useForm } from '../properties/form-context.tsx';
import { isJsonObject } from '../properties/locate.ts';
import { useWords } from '../words/index.ts';
import { AddAssociation } from './add-association.tsx';
import styles from './entity-dialog.module.css';
import { MULTIPLICITIES, multiplicityOf, valuesOf } from './multiplicity.ts';

const FIELDS = new Map(
  formOf(shapeOf(association) as ObjectShape, 'association')
    .flatMap(({ fields }) => fields)
    .map((field) => [field.key, field]),
);
const ROWS: readonly FormField[] = ['name', 'to', 'deleteBehavior', 'storage', 'conflictPolicy', 'documentation']
  .map((key) => FIELDS.get(key))
  .filter((field) => field !== undefined);

/** Associations that the entity owns, each in words, and those that others own. */
export function AssociationsTab() {
  const t = useWords('dialogs');
  const { filled, document, isReadOnly } = useForm();
  const view = useProject((project) => project.view);
  const name = useProject(({ model }) => model.documents.get(document)?.qualifiedName ?? '');
  const own = Array.isArray(filled.associations) ? filled.associations : [];
  const incoming = view.ends(name).filter((end) => end.direction === 'reverse' && !end.system);
  return (
    <>
      <p className={styles.about}>{t('about.associations')}</p>
      {own.map((value: Json, index) => (
        <AssociationCard key={isJsonObject(value) ? String(value.id) : index} value={value} index={index} />
      ))}
      {!isReadOnly && <AddAssociation from={name} />}
      {incoming.length > 0 && (
        <section className={styles.inherited}>
          <h3>{t('incoming')}</h3>
          <ul>
            {incoming.map((end) => (
              <li key={end.id}>
                {end.qualifiedName} <span>{end.from}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function AssociationCard({ value, index }: { readonly value: Json; readonly index: number }) {
  const t = useWords('dialogs');
  const run = useRun();
  const form = useForm();
  if (!isJsonObject(value)) return null;
  const path = ['associations', index];
  const from = String(form.content.name);
  const to = String(value.to).split('.').at(-1) ?? '';
  const multiplicity = multiplicityOf(value.type, value.owner);
  const setMultiplicity = (next: (typeof MULTIPLICITIES)[number]) => {
    const changes = Object.entries(valuesOf(next)).map(([key, one]) => ({
      ...placeOf(form.document, form.content, [...path, key]),
      value: one,
    }));
    void run('element.set', { changes });
  };
  return (
    <section className={styles.card} aria-label={String(value.name)}>
      <header className={styles.cardHeader}>
        <Icon name="arrow-right" />
        <strong>{String(value.name)}</strong>
        <span className={styles.sentence}>{t(`multiplicity.${multiplicity}.words`, { from, to })}</span>
        {!form.isReadOnly && (
          <IconButton
            icon="trash"
            label={t('removeAssociation', { name: String(value.name) })}
            onClick={() =>
              void run('element.delete', { elements: [{ document: form.document, element: String(value.id) }] })
            }
          />
        )}
      </header>
      <div className={styles.cardBody}>
        <Select
          label={t('multiplicity.title')}
          value={multiplicity}
          disabled={form.isReadOnly}
          options={MULTIPLICITIES.map((one) => ({
            value: one,
            label: t(`multiplicity.${one}.title`),
            hint: t(`multiplicity.${one}.words`, { from, to }),
          }))}
          onChange={setMultiplicity}
        />
        <div className={styles.cardRows}>
          {ROWS.map((field) => (
            <FieldRow key={field.key} path={[...path, field.key]} field={field} type="association" />
          ))}
        </div>
        <p className={styles.sentence}>{deleteWords(t, value.deleteBehavior, from, to)}</p>
      </div>
    </section>
  );
}

function deleteWords(
  t: (key: string, values: Record<string, string>) => string,
  behavior: Json | undefined,
  from: string,
  to: string,
): string {
  const side = (key: 'from' | 'to') =>
    isJsonObject(behavior) && typeof behavior[key] === 'string' ? behavior[key] : 'keep';
  return `${t(`deleting.from.${side('from')}`, { from, to })} ${t(`deleting.to.${side('to')}`, { from, to })}`;
}
