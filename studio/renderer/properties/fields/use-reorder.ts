import { type DragEvent, type KeyboardEvent, useState } from 'react';

/** What a row needs to be moved by dragging its handle and with Alt and the arrow keys. */
export interface Reorder {
  readonly over: number | undefined;
  readonly handle: (index: number) => {
    readonly draggable: boolean;
    readonly onDragStart: (event: DragEvent) => void;
    readonly onDragEnd: () => void;
  };
  readonly row: (index: number) => {
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDrop: (event: DragEvent) => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
  };
}

export function useReorder(move: (from: number, to: number) => void, isDisabled: boolean): Reorder {
  const [dragged, setDragged] = useState<number | undefined>(undefined);
  const [over, setOver] = useState<number | undefined>(undefined);
  const end = () => {
    setDragged(undefined);
    setOver(undefined);
  };
  return {
    over,
    handle: (index) => ({
      draggable: !isDisabled,
      onDragStart(event) {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', '');
        setDragged(index);
      },
      onDragEnd: end,
    }),
    row: (index) => ({
      onDragOver(event) {
        if (dragged === undefined) return;
        event.preventDefault();
        setOver(index);
      },
      onDrop(event) {
        event.preventDefault();
        if (dragged !== undefined) move(dragged, index);
        end();
      },
      onKeyDown(event) {
        if (!event.altKey || isDisabled || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
        event.preventDefault();
        event.stopPropagation();
        move(index, event.key === 'ArrowUp' ? index - 1 : index + 1);
      },
    }),
  };
}
