import type { AttributeType } from '@skerry/shared/metamodel/entity';
import type { ScopeEntity } from '@skerry/studio/bridge/calls/analysis-calls';
import { createContext, useContext } from 'react';

/** What is being written on the diagram. */
export type Writing =
  | { readonly kind: 'name'; readonly id: string }
  | { readonly kind: 'attribute'; readonly entity: string }
  | { readonly kind: 'note'; readonly id: string };

export interface ProblemCount {
  readonly count: number;
  readonly isError: boolean;
  readonly text: string;
}

/** What cards know of the editor around them. */
export interface DomainEditing {
  readonly writing: Writing | undefined;
  readonly write: (writing: Writing | undefined) => void;
  readonly selected: ReadonlySet<string>;
  readonly select: (ids: readonly string[]) => void;
  readonly rename: (id: string, name: string) => void;
  /** @returns whether it was taken, so that the next one may be written */
  readonly addAttribute: (entity: string, name: string, type: AttributeType) => Promise<boolean>;
  readonly setType: (attribute: string, type: AttributeType) => void;
  readonly setNote: (id: string, text: string) => void;
  /** Qualified names. */
  readonly enumerations: readonly string[];
  readonly problems: ReadonlyMap<string, ProblemCount>;
  /** By qualified name; absent while the overlay is off. */
  readonly scope: ReadonlyMap<string, ScopeEntity> | undefined;
}

const Context = createContext<DomainEditing | undefined>(undefined);
export const DomainEditingProvider = Context.Provider;

export function useDomainEditing(): DomainEditing {
  const editing = useContext(Context);
  if (!editing) throw new Error('Cards stand in a domain model editor only.');
  return editing;
}
