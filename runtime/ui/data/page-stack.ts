import type { PlainValue } from '../../engine/device-face.ts';

/** One open page. `root` pages come from the menu; opening one starts the stack anew. */
export interface PageEntry {
  readonly key: number;
  /** Qualified name. */
  readonly page: string;
  readonly args: { readonly [parameter: string]: PlainValue };
}

export type PageStack = readonly PageEntry[];

export type StackEvent =
  | { readonly kind: 'home'; readonly entry: PageEntry }
  | { readonly kind: 'push'; readonly entry: PageEntry }
  | { readonly kind: 'pop' }
  /** Keeps the lowest `depth` pages. */
  | { readonly kind: 'cut'; readonly depth: number };

export function nextStack(stack: PageStack, event: StackEvent): PageStack {
  switch (event.kind) {
    case 'home':
      return [event.entry];
    case 'push':
      return [...stack, event.entry];
    case 'pop':
      return stack.length > 1 ? stack.slice(0, -1) : stack;
    case 'cut':
      return stack.slice(0, Math.max(1, event.depth));
  }
}
