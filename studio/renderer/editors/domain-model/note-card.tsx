import { useEffect, useRef } from 'react';
import type { ShapeProps } from '../../canvas/content.ts';
import { useWords } from '../../words/index.ts';
import type { AnnotationData } from './diagram.ts';
import { useDomainEditing } from './domain-context.ts';
import styles from './entity-card.module.css';

export function NoteCard({ id, data, isSelected }: ShapeProps<AnnotationData>) {
  const editing = useDomainEditing();
  const t = useWords('domain');
  const isWriting = editing.writing?.kind === 'note' && editing.writing.id === id;
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (isWriting) area.current?.focus({ preventScroll: true });
  }, [isWriting]);
  return (
    <div className={isSelected ? `${styles.note} ${styles.selected}` : styles.note} title={data.text}>
      {isWriting ? (
        <textarea
          ref={area}
          className="nodrag nopan nowheel"
          aria-label={t('annotationLabel')}
          defaultValue={data.text}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key !== 'Escape') return;
            event.currentTarget.closest<HTMLElement>('.react-flow')?.focus({ preventScroll: true });
          }}
          onBlur={(event) => {
            editing.write(undefined);
            if (event.currentTarget.value !== data.text) editing.setNote(id, event.currentTarget.value);
          }}
        />
      ) : (
        <p>{data.text}</p>
      )}
    </div>
  );
}
