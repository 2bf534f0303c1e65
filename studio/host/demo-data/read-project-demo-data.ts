import { type DemoData, readDemoData } from '@skerry/shared/relational/demo-data';
import { type OpenProject, readProjectFile } from '../project/open-project.ts';

/** The demo data of an open project. */
export async function readProjectDemoData(project: OpenProject): Promise<DemoData> {
  const files = new Map<string, string>();
  for (const [path, file] of project.files) {
    if (file.role !== 'demoRows') continue;
    files.set(path, (await readProjectFile(project.folder, path)) ?? '');
  }
  return readDemoData(project.model, files);
}
