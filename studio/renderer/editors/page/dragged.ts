import type { JsonObject } from '@skerry/shared/base/json';
import { createStore } from 'zustand';
import type { Making } from './fresh-widget.ts';
import type { Load } from './places.ts';
import type { StructureNode } from './structure.ts';

/** What is being dragged into a structure: elements of it, or something new. */
export interface Dragged {
  readonly load: Load;
  /** Path of the document that the elements are of; absent for new ones. */
  readonly document?: string;
  /** Makes the new widget for a place; undefined where it means nothing. */
  readonly make?: (making: Making, holder: StructureNode | undefined) => JsonObject | undefined;
  readonly label: string;
}

/** The browser tells a drop's data only when it falls; the lines before that need it earlier. */
export const draggedStore = createStore<{ readonly dragged: Dragged | undefined }>(() => ({ dragged: undefined }));

const TYPE = 'application/x-skerry-page';

/** Begins a drag with the browser's own machinery. */
export function startDrag(event: React.DragEvent, dragged: Dragged): void {
  draggedStore.setState({ dragged });
  event.dataTransfer.setData(TYPE, dragged.label);
  event.dataTransfer.effectAllowed = dragged.make ? 'copy' : 'copyMove';
}

export function endDrag(): void {
  draggedStore.setState({ dragged: undefined });
}

export function newThing(label: string, make: NonNullable<Dragged['make']>): Dragged {
  return { label, make, load: { takes: 'widget', moving: [] } };
}
