import { isObject } from '@skerry/shared/metamodel/canonical';
import type { DocumentPath } from '@skerry/shared/metamodel/walk';
import type { ReactNode } from 'react';
import { Switch } from '../../design/switch.tsx';
import { FieldControl } from '../../properties/field-control.tsx';
import { FormProvider, useField, useForm } from '../../properties/form-context.tsx';
import { FormRows } from '../../properties/form-rows.tsx';
import { locateAt } from '../../properties/locate.ts';
import { useWords } from '../../words/index.ts';
import styles from './form-sections.module.css';

const TRIGGERS = ['onStart', 'onReconnect', 'afterSave', 'onPush', 'pullToRefresh'] as const;
const AT: DocumentPath = ['synchronization', 'triggers'];

/** Where the app begins. */
export function PagesSection({ path }: { readonly path: string }) {
  const t = useWords('profile');
  return (
    <FormProvider key={path} document={path} isWide>
      <div className={styles.page}>
        <Card title={t('pages.title')} hint={t('pages.hint')}>
          <Rows at={[]} keys={['homePage', 'homePageByRole', 'signInPage']} />
        </Card>
      </div>
    </FormProvider>
  );
}

/** When devices synchronise, what else they fetch, and which nanoflows run around it. */
export function TriggersSection({ path }: { readonly path: string }) {
  const t = useWords('profile');
  return (
    <FormProvider key={path} document={path} isWide>
      <div className={styles.page}>
        <Card title={t('trigger.title')}>
          <Triggers />
        </Card>
        <Card title={t('trigger.files')}>
          <Rows at={['synchronization']} keys={['members', 'files']} />
          <Consequences />
        </Card>
        <Card title={t('trigger.flows')} hint={t('trigger.flowsHint')}>
          <Rows at={['synchronization']} keys={['flows']} />
        </Card>
      </div>
    </FormProvider>
  );
}

interface CardProps {
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
}

function Card({ title, hint, children }: CardProps) {
  return (
    <div className={styles.card}>
      <h3>{title}</h3>
      {hint && <p className={styles.hint}>{hint}</p>}
      {children}
    </div>
  );
}

/** Some rows of the document's form. */
function Rows({ at, keys }: { readonly at: DocumentPath; readonly keys: readonly string[] }) {
  const { filled } = useForm();
  const located = locateAt(filled, at);
  if (!located) return null;
  const without = [...located.shape.keys.keys()].filter((key) => !keys.includes(key));
  return <FormRows path={at} shape={located.shape} type={located.type} without={without} isFlat />;
}

/** Each occasion as a switch, with a sentence on what it means. */
function Triggers() {
  const t = useWords('profile');
  const form = useForm();
  const { value } = useField(AT);
  const triggers = isObject(value) ? value : {};
  const isIdle = TRIGGERS.every((key) => triggers[key] === false) && typeof triggers.everyMinutes !== 'number';
  return (
    <>
      <ul className={styles.triggers}>
        {TRIGGERS.map((key) => (
          <li key={key}>
            <Switch
              label={t(`trigger.${key}`)}
              checked={triggers[key] !== false}
              disabled={form.isReadOnly}
              onChange={(isOn) => form.write([...AT, key], isOn)}
            />
            <p className={styles.hint}>{t(`trigger.${key}Hint`)}</p>
          </li>
        ))}
        <li>
          <div className={styles.minutes}>
            <span>{t('trigger.everyMinutes')}</span>
            <FieldControl
              path={[...AT, 'everyMinutes']}
              editor={{ kind: 'number', isInteger: true, nullable: false }}
              label={t('trigger.everyMinutes')}
              type="triggers"
              fieldKey="everyMinutes"
              optional
            />
          </div>
          <p className={styles.hint}>{t('trigger.everyMinutesHint')}</p>
        </li>
      </ul>
      {isIdle && <p className={styles.idle}>{t('trigger.none')}</p>}
    </>
  );
}

/** What the choices above mean. */
function Consequences() {
  const t = useWords('profile');
  const members = useField(['synchronization', 'members']).value;
  const when = useField(['synchronization', 'files', 'when']).value;
  return (
    <p className={styles.hint}>
      {t(members === 'used' ? 'trigger.membersUsed' : 'trigger.membersReadable')}{' '}
      {t(when === 'onOpen' ? 'trigger.filesOnOpen' : 'trigger.filesEager')}
    </p>
  );
}
