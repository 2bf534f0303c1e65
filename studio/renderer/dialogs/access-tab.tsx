import type { Json } from '@skerry/shared/base/json';
import { type AccessRule, accessRule, type Entity } from '@skerry/shared/metamodel/entity';
import { type ObjectShape, shapeOf } from '@skerry/shared/metamodel/shape';
import { useMemo, useState } from 'react';
import { Button } from '../design/button.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { Select } from '../design/select.tsx';
import { useProject } from '../model/project-store.ts';
import { useRun } from '../model/use-run.ts';
import { membersOf } from '../properties/candidates.ts';
import { formOf } from '../properties/descriptors/index.ts';
import { FieldRow } from '../properties/field-row.tsx';
import { useForm } from '../properties/form-context.tsx';
import { useWords } from '../words/index.ts';
import { AccessMatrix } from './access-matrix.tsx';
import { ruleWords } from './access-words.ts';
import styles from './entity-dialog.module.css';

const FIELDS = formOf(shapeOf(accessRule) as ObjectShape, 'accessRule')
  .flatMap(({ fields }) => fields)
  .filter(({ key }) => ['documentation', 'moduleRoles', 'constraint', 'constraintAfter'].includes(key));
const EVERY_ROLE = '';

/** Who may do what: a column per rule, a row per right, and the chosen rule in words. */
export function AccessTab() {
  const t = useWords('dialogs');
  const run = useRun();
  const { document, filled, isReadOnly } = useForm();
  const view = useProject((project) => project.view);
  const read = useProject(({ model }) => model.documents.get(document));
  const roles = useProject(({ model }) => model.find('module', read?.module ?? '')?.content.moduleRoles);
  const [role, setRole] = useState(EVERY_ROLE);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const rules = useMemo(
    () => ((filled as Json as unknown as Entity).accessRules ?? []) as readonly AccessRule[],
    [filled],
  );
  const members = useMemo(() => (read ? membersOf(view, read.qualifiedName, read.module) : []), [view, read]);
  const shown = rules
    .map((rule, index) => ({ rule, index }))
    .filter(({ rule }) => role === EVERY_ROLE || rule.moduleRoles.includes(role));
  const current = shown.find(({ rule }) => rule.id === chosen) ?? shown[0];
  const add = async () => {
    const first = role === EVERY_ROLE ? roles?.[0]?.name : role;
    const outcome = await run('element.insert', {
      document,
      list: ['accessRules'],
      value: { moduleRoles: first === undefined ? [] : [first], defaultMemberRights: 'read' },
    });
    setChosen(outcome?.created[0]?.element);
  };
  return (
    <>
      <p className={styles.about}>{t('about.access')}</p>
      <div className={styles.toolbar}>
        <Select
          label={t('access.role')}
          value={role}
          onChange={setRole}
          options={[
            { value: EVERY_ROLE, label: t('access.everyRole') },
            ...(roles ?? []).map(({ name }) => ({ value: name, label: name })),
          ]}
        />
        {!isReadOnly && (
          <Button icon="add" onClick={() => void add()}>
            {t('access.add')}
          </Button>
        )}
      </div>
      {shown.length === 0 ? (
        <p className={styles.about}>{t('access.none')}</p>
      ) : (
        <AccessMatrix rules={shown} members={members} chosen={current?.rule.id} onChoose={setChosen} />
      )}
      {current && (
        <section className={styles.card} aria-label={t('access.rule')}>
          <header className={styles.cardHeader}>
            <strong>{current.rule.moduleRoles.join(', ') || t('access.nobody')}</strong>
            <span className={styles.sentence}>
              {ruleWords(
                t,
                current.rule,
                members.map((member) => member.value),
              ).join(' ')}
            </span>
            {!isReadOnly && (
              <>
                <IconButton
                  icon="copy"
                  label={t('access.duplicate')}
                  onClick={() => void run('element.duplicate', { document, element: current.rule.id })}
                />
                <IconButton
                  icon="trash"
                  label={t('access.remove')}
                  onClick={() => void run('element.delete', { elements: [{ document, element: current.rule.id }] })}
                />
              </>
            )}
          </header>
          <div className={styles.cardRows} key={current.rule.id}>
            {FIELDS.map((field) => (
              <FieldRow
                key={field.key}
                path={['accessRules', current.index, field.key]}
                field={field}
                type="accessRule"
              />
            ))}
          </div>
        </section>
      )}
    </>
  );
}
