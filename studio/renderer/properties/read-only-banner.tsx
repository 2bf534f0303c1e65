import { isSystemPath } from '@skerry/shared/metamodel/system-module';
import { Icon } from '../design/icon.tsx';
import { useWords } from '../words/index.ts';
import styles from './form.module.css';
import { useForm } from './form-context.tsx';

/** Says why a form cannot be written to; nothing when it can. */
export function ReadOnlyBanner() {
  const t = useWords('properties');
  const { document, isReadOnly } = useForm();
  if (!isReadOnly) return null;
  const isSystem = isSystemPath(document);
  return (
    <p className={styles.banner} role="status" data-tone={isSystem ? 'info' : 'warning'}>
      <Icon name="lock" />
      {t(isSystem ? 'builtIn' : 'unparsed')}
    </p>
  );
}
