import { useMemo } from 'react';
import { SlotMessages } from '../text/slot-messages.tsx';
import { useIndexedProblems } from '../text/slot-problems.ts';
import { useWords } from '../words/index.ts';
import { typeCaption } from './captions.ts';
import styles from './form.module.css';
import { FormProvider, useForm } from './form-context.tsx';
import { FormRows } from './form-rows.tsx';
import { locate } from './locate.ts';
import { ReadOnlyBanner } from './read-only-banner.tsx';

export interface DocumentFormProps {
  readonly document: string;
  /** Id of an element of the document; absent: the document itself. */
  readonly element?: string | undefined;
}

/** A document, or an element of it, as a form over the full width of an editor. */
export function DocumentForm({ document, element }: DocumentFormProps) {
  return (
    <FormProvider key={`${document} ${element}`} document={document} isWide>
      <Page element={element} />
    </FormProvider>
  );
}

function Page({ element }: Pick<DocumentFormProps, 'element'>) {
  const t = useWords('properties');
  const { document, content } = useForm();
  const located = useMemo(() => locate(document, content, element), [document, content, element]);
  const problems = useIndexedProblems(document).filter((problem) => !problem.path);
  if (!located) return null;
  return (
    <div className={styles.document}>
      <ReadOnlyBanner />
      <div className={styles.page}>
        {element !== undefined && (
          <h2 className={styles.documentTitle}>
            {typeof located.value.name === 'string' ? located.value.name : typeCaption(t, located.type)}
          </h2>
        )}
        {problems.length > 0 && <SlotMessages problems={problems} />}
        <FormRows path={located.path} shape={located.shape} type={located.type} />
      </div>
    </div>
  );
}
