import '../../../studio/renderer/design/base.css';
import './forms.css';
import { Tooltip } from '@base-ui/react/tooltip';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { useStore } from 'zustand';
import { openEntityDialog } from '../../../studio/renderer/dialogs/open-entity-dialog.tsx';
import { HostLinkProvider } from '../../../studio/renderer/host/host-link.ts';
import { openWindowLink } from '../../../studio/renderer/host/window-link.ts';
import { projectStore } from '../../../studio/renderer/model/project-store.ts';
import { DocumentForm } from '../../../studio/renderer/properties/document-form.tsx';
import { PropertiesPanel } from '../../../studio/renderer/properties/properties-panel.tsx';
import { JsonTextEditor } from '../../../studio/renderer/text/json-text-editor.tsx';
import { DialogHost } from '../../../studio/renderer/workbench/dialog-host.tsx';
import { followProject, type ProjectFollower } from '../../../studio/renderer/workbench/follow-project.ts';
import { openStore } from '../../../studio/renderer/workbench/open.ts';
import { select } from '../../../studio/renderer/workbench/selection.ts';

/** What tests hold: the window's own functions, without the workbench around them. */
const held = {
  select,
  openEntityDialog,
  ask: (call: never, request: never) => link.ask(call, request),
  wished: () => openStore.getState().request,
  show: (_view: 'form' | 'text', _document: string) => {},
};
export type HeldForms = typeof held;
(window as unknown as { forms: HeldForms }).forms = held;

let follower: ProjectFollower | undefined;
const link = openWindowLink(() => void follower?.refetch());
follower = followProject(link);

function Page() {
  const hasProject = useStore(projectStore, ({ project }) => Boolean(project));
  const [shown, setShown] = useState<{ view: string; document: string } | undefined>(undefined);
  held.show = (view, document) => setShown({ view, document });
  if (!hasProject) return null;
  return (
    <main className="forms">
      <div className="middle">
        {shown?.view === 'form' && <DocumentForm document={shown.document} />}
        {shown?.view === 'text' && <JsonTextEditor document={shown.document} />}
      </div>
      <div className="side">
        <PropertiesPanel />
      </div>
    </main>
  );
}

createRoot(document.getElementById('studio') as HTMLElement).render(
  <StrictMode>
    <HostLinkProvider value={link}>
      <Tooltip.Provider>
        <Page />
        <DialogHost />
      </Tooltip.Provider>
    </HostLinkProvider>
  </StrictMode>,
);
