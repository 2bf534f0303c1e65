import { useEffect, useRef, useState } from 'react';

let visits = 0;

/** Text while it is typed: the document follows a moment later, and does not take back what has been typed since. */
export interface Draft {
  readonly text: string;
  /** One word per visit to the field, under which its steps become one. */
  readonly merge: string;
  readonly change: (text: string) => void;
  readonly enter: () => void;
  readonly leave: () => void;
  /** The text when the focus came. */
  readonly initial: string;
}

export function useDraft(value: string): Draft {
  const [draft, setDraft] = useState<string | undefined>(undefined);
  const visit = useRef({ merge: '', initial: value, typed: new Set<string>() });
  useEffect(() => {
    // Somebody else (undo, another window) has changed it: theirs is the text now.
    setDraft((text) => (text === undefined || visit.current.typed.has(value) ? text : value));
  }, [value]);
  return {
    text: draft ?? value,
    get merge() {
      return visit.current.merge;
    },
    get initial() {
      return visit.current.initial;
    },
    change(text) {
      if (visit.current.merge === '') visit.current = { merge: `field-${++visits}`, initial: value, typed: new Set() };
      visit.current.typed.add(text);
      setDraft(text);
    },
    enter() {
      visit.current = { merge: `field-${++visits}`, initial: value, typed: new Set() };
      setDraft(value);
    },
    leave() {
      setDraft(undefined);
    },
  };
}
