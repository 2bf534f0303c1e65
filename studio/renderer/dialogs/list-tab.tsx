import { entity } from '@skerry/shared/metamodel/entity';
import { type ObjectShape, shapeOf } from '@skerry/shared/metamodel/shape';
import { useMemo } from 'react';
import { useProject } from '../model/project-store.ts';
import { fieldCaption } from '../properties/captions.ts';
import { editorOf } from '../properties/field-editor.ts';
import { type ItemsEditor, ItemsField } from '../properties/fields/items-field.tsx';
import { useForm } from '../properties/form-context.tsx';
import { useWords } from '../words/index.ts';
import styles from './entity-dialog.module.css';

const SHAPE = shapeOf(entity) as ObjectShape;

/** One of the entity's lists, as a grid or as rows that unfold, with what it is for. */
export function ListTab({ field }: { readonly field: string }) {
  const t = useWords('dialogs');
  const words = useWords('properties');
  const path = useMemo(() => [field], [field]);
  const shape = SHAPE.keys.get(field)?.shape;
  if (!shape) return null;
  return (
    <>
      <p className={styles.about}>{t(`about.${field}`)}</p>
      <ItemsField
        path={path}
        editor={editorOf(shape, field) as ItemsEditor}
        label={fieldCaption(words, 'entity', field)}
        type="entity"
        fieldKey={field}
        optional
      />
      {field === 'attributes' && <Inherited />}
    </>
  );
}

/** Members that come from the generalizations: to be known, not changed here. */
function Inherited() {
  const t = useWords('dialogs');
  const { document } = useForm();
  const view = useProject((project) => project.view);
  const name = useProject(({ model }) => model.documents.get(document)?.qualifiedName ?? '');
  const inherited = [...view.attributes(name).values()].filter(
    (member) => member.declaredBy !== name && !member.system,
  );
  if (inherited.length === 0) return null;
  return (
    <section className={styles.inherited}>
      <h3>{t('inherited', { name: view.lineage(name)[1] ?? '' })}</h3>
      <ul>
        {inherited.map((member) => (
          <li key={member.id}>
            {member.name} <span>{member.type.kind}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
