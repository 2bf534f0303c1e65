import { type ReactNode, useMemo, useState } from 'react';
import type { ConfirmQuestion } from '../app-context.ts';
import { Sheet } from './sheet.tsx';
import { useWords } from './words-context.ts';

export interface Asking {
  readonly dialog: ReactNode;
  confirm(question: ConfirmQuestion): Promise<boolean>;
  tell(title: string): Promise<void>;
  /** Several answers; null when the user closes it. */
  choose<T extends string>(question: {
    readonly title: string;
    readonly note?: string;
    readonly answers: readonly { readonly value: T; readonly caption: string; readonly variant: string }[];
  }): Promise<T | null>;
}

interface Open {
  readonly title: string;
  readonly note?: string | undefined;
  readonly answers: readonly { readonly value: string; readonly caption: string; readonly variant: string }[];
  answer(value: string | null): void;
}

/** One question at a time, answered by a promise. */
export function useAsking(): Asking {
  const say = useWords();
  const [open, setOpen] = useState<Open | null>(null);
  const calls = useMemo(() => {
    const ask = (question: Omit<Open, 'answer'>) =>
      new Promise<string | null>((resolve) =>
        setOpen({
          ...question,
          answer(value) {
            setOpen(null);
            resolve(value);
          },
        }),
      );
    return {
      async confirm({ title, note, confirm, danger }: ConfirmQuestion) {
        const answers = [
          { value: 'no', caption: say('cancel'), variant: 'secondary' },
          { value: 'yes', caption: confirm, variant: danger ? 'danger' : 'primary' },
        ];
        return (await ask({ title, note, answers })) === 'yes';
      },
      async tell(title: string) {
        await ask({ title, answers: [{ value: 'ok', caption: say('ok'), variant: 'primary' }] });
      },
      choose: ask as Asking['choose'],
    };
  }, [say]);

  const dialog = open && (
    <Sheet title={open.title} onClose={() => open.answer(null)}>
      {open.note && <p>{open.note}</p>}
      <div className="dialog-answers">
        {open.answers.map(({ value, caption, variant }) => (
          <button key={value} type="button" className={`button button-${variant}`} onClick={() => open.answer(value)}>
            {caption}
          </button>
        ))}
      </div>
    </Sheet>
  );
  return { dialog, ...calls };
}
