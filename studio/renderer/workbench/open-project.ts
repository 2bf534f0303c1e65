import type { HostLink } from '../host/host-link.ts';
import { projectFromState, projectStore } from '../model/project-store.ts';
import { showFault } from './messages.ts';

/** Opens another project in place of the one that is open. Its unsaved work is kept by the host. */
export async function openProject(link: HostLink, folder: string): Promise<boolean> {
  try {
    const state = await link.ask('project/open', { folder });
    projectStore.setState({ project: projectFromState(state) });
    return true;
  } catch (error) {
    showFault(error);
    return false;
  }
}
