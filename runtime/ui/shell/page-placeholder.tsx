import type { Widget } from '@skerry/shared/metamodel/widget';
import { createContext, useContext } from 'react';
import { WidgetList } from '../widgets/widget-view.tsx';

/** The page's own widgets, for the layout's placeholder. */
export const PlaceholderContext = createContext<readonly Widget[]>([]);

export function PagePlaceholder() {
  return <WidgetList widgets={useContext(PlaceholderContext)} />;
}
