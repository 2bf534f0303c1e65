import { createContext, type PointerEvent, useContext } from 'react';

/** What shapes may ask of the canvas they stand on. */
export interface CanvasContext {
  /** Zoomed out so far that only names are worth drawing. */
  readonly isFar: boolean;
  /** Begins to draw a connection from a node. */
  readonly startConnect: (node: string, event: PointerEvent) => void;
  /** The node under the pointer while a connection is being drawn. */
  readonly connectTarget: string | undefined;
}

const Context = createContext<CanvasContext>({ isFar: false, startConnect: () => {}, connectTarget: undefined });
export const CanvasContextProvider = Context.Provider;

export function useCanvas(): CanvasContext {
  return useContext(Context);
}
