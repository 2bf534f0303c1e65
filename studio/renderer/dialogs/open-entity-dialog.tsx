import { showDialog } from '../workbench/dialog-store.ts';
import { EntityDialog } from './entity-dialog.tsx';
import type { EntityTab } from './entity-tabs.ts';

/** Everything about an entity in one dialog. @param document path of the entity's document */
export function openEntityDialog(document: string, tab: EntityTab = 'attributes'): void {
  showDialog((close) => <EntityDialog document={document} initialTab={tab} onClose={close} />);
}
