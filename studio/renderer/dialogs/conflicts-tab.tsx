import type { Json } from '@skerry/shared/base/json';
import { entity } from '@skerry/shared/metamodel/entity';
import { type ObjectShape, shapeOf, type UnionShape } from '@skerry/shared/metamodel/shape';
import { Badge } from '../design/badge.tsx';
import { Icon } from '../design/icon.tsx';
import { useProject } from '../model/project-store.ts';
import { switchKind } from '../properties/blank.ts';
import { typeCaption } from '../properties/captions.ts';
import { formOf } from '../properties/descriptors/index.ts';
import { FieldControl } from '../properties/field-control.tsx';
import { FieldRow } from '../properties/field-row.tsx';
import { useForm } from '../properties/form-context.tsx';
import { isJsonObject } from '../properties/locate.ts';
import { useBeginnings } from '../properties/use-beginnings.ts';
import { useWords } from '../words/index.ts';
import styles from './entity-dialog.module.css';

const FIELD = formOf(shapeOf(entity) as ObjectShape, 'entity')
  .flatMap(({ fields }) => fields)
  .find(({ key }) => key === 'conflictPolicy');
const UNION = FIELD?.editor.kind === 'union' ? FIELD.editor.shape : undefined;
const INHERITED = 'inherited';
const PATH = ['conflictPolicy'];

/** What happens when two devices changed the same object: each answer with what it costs, and the attributes that differ. */
export function ConflictsTab() {
  const t = useWords('dialogs');
  const words = useWords('properties');
  const form = useForm();
  const beginnings = useBeginnings(PATH);
  const standard = useProject(({ model }) => model.app.defaultConflictPolicy.kind);
  if (!UNION) return null;
  const value = form.content.conflictPolicy;
  const kind = isJsonObject(value) ? String(value.kind) : INHERITED;
  const choose = (next: string) =>
    form.write(
      PATH,
      next === INHERITED
        ? undefined
        : switchKind(UNION as UnionShape, isJsonObject(value) ? value : {}, next, beginnings),
    );
  const option = UNION.options.get(kind);
  const inner = option ? formOf(option, `conflictPolicy-${kind}`).flatMap(({ fields }) => fields) : [];
  return (
    <>
      <p className={styles.about}>{t('about.conflicts')}</p>
      <fieldset className={styles.policies}>
        <legend className="visually-hidden">{t('tab.conflicts')}</legend>
        {[INHERITED, ...UNION.options.keys()].map((one) => {
          const meant = one === INHERITED ? standard : one;
          return (
            <label key={one} className={styles.policy} data-chosen={kind === one || undefined}>
              <input
                type="radio"
                name="policy"
                checked={kind === one}
                disabled={form.isReadOnly}
                onChange={() => choose(one)}
              />
              <span>
                <strong>
                  {one === INHERITED
                    ? t('policy.inherited', { policy: typeCaption(words, `conflictPolicy-${standard}`) })
                    : typeCaption(words, `conflictPolicy-${one}`)}
                </strong>
                {meant === 'lastWins' && <Badge tone="warning">{t('policy.risk')}</Badge>}
                <span className={styles.sentence}>{t(`policy.${meant}`)}</span>
              </span>
            </label>
          );
        })}
      </fieldset>
      {(kind === INHERITED ? standard : kind) === 'lastWins' && (
        <p className={styles.risk}>
          <Icon name="warning" />
          {t('policy.lastWinsRisk')}
        </p>
      )}
      <div className={styles.cardRows}>
        {inner.map((field) => (
          <FieldRow key={field.key} path={[...PATH, field.key]} field={field} type={`conflictPolicy-${kind}`} />
        ))}
      </div>
      <Overrides />
    </>
  );
}

/** Attributes and associations that answer for themselves. */
function Overrides() {
  const t = useWords('dialogs');
  const { filled } = useForm();
  const lists = ['attributes', 'associations'] as const;
  const values = ['inherit', 'lastWins', 'firstWins', 'sum', 'review'];
  return (
    <section className={styles.inherited}>
      <h3>{t('policy.overrides')}</h3>
      <div className={styles.overrides}>
        {lists.flatMap((list) => {
          const items: readonly Json[] = Array.isArray(filled[list]) ? filled[list] : [];
          return items.map((item, index) => {
            if (!isJsonObject(item)) return null;
            const isNumber = isJsonObject(item.type) && ['Integer', 'Long', 'Decimal'].includes(String(item.type.kind));
            return (
              <div key={String(item.id)} className={styles.override}>
                <span>{String(item.name)}</span>
                <FieldControl
                  path={[list, index, 'conflictPolicy']}
                  // Adding both changes is for numbers.
                  editor={{ kind: 'choice', values: values.filter((one) => one !== 'sum' || isNumber) }}
                  label={`${String(item.name)}: ${t('tab.conflicts')}`}
                  type="attribute"
                  fieldKey="conflictPolicy"
                  optional
                />
              </div>
            );
          });
        })}
      </div>
    </section>
  );
}
