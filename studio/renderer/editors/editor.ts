import type { DocumentKind } from '@skerry/shared/metamodel/kinds';
import type { ComponentType } from 'react';

export interface EditorProps {
  /** Path of the document. */
  readonly path: string;
  /** Whether the tab is in front; hidden editors do no work. */
  readonly isActive: boolean;
}

/** How one or more kinds of documents are shown. */
export interface EditorDeclaration {
  readonly id: string;
  readonly kinds: readonly DocumentKind[];
  /** Of the tab's icon: a codicon's name without prefix. */
  readonly icon: string;
  /** Loaded when the first such document opens. */
  readonly load: () => Promise<ComponentType<EditorProps>>;
}
