import type { LiveContent } from './live-content.ts';

/** A place in the live frame, in its own pixels. */
export interface LiveBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** From the page editor to its live frame. */
export type ToLive =
  | { readonly kind: 'show'; readonly content: LiveContent }
  | { readonly kind: 'look'; readonly theme: 'light' | 'dark' }
  /** Whether a click chooses a widget instead of using it. */
  | { readonly kind: 'pick'; readonly isOn: boolean }
  /** Outlines widgets, and more lightly one the pointer is on; the first is scrolled to when `reveal`. */
  | {
      readonly kind: 'outline';
      readonly widgets: readonly string[];
      readonly hovered?: string | undefined;
      readonly reveal: boolean;
    };

/** From the live frame to the page editor. */
export type FromLive =
  /** The frame listens. */
  | { readonly kind: 'listening' }
  /** The page shows the content of this version; `ms` since it arrived. */
  | { readonly kind: 'shown'; readonly version: string; readonly ms: number }
  /** Widgets around what was clicked, or is under the pointer while choosing; in no order, those of snippets too. */
  | { readonly kind: 'picked' | 'hovered'; readonly widgets: readonly string[] }
  | { readonly kind: 'failed'; readonly message: string };
