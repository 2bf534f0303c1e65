import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { userFault } from '@skerry/shared/base/fault';
import { readDemoData } from '@skerry/shared/relational/demo-data';
import { loadDemoData, type Service } from '@skerry/sync-service/app';
import type { OpenProject } from '../host/project/open-project.ts';
import { releaseOfProject } from '../host/publish/publish-project.ts';

/**
 * Publishes a project to a fresh development service as its first release, with demo data from `dataFolder`
 * (`<Module>.<Entity>.csv` and `files/<id>`). Does nothing when there is a release already.
 *
 * @returns what is published now, for people
 * @throws Fault `serve/other-app` when the service's data belong to another app
 */
export async function publishFirst(service: Service, project: OpenProject, dataFolder: string): Promise<string> {
  const { name, version } = project.model.app;
  if (service.releases.hasActive()) {
    const running = service.releases.active();
    if (running.model.app.id !== project.model.app.id) {
      const message = `This data folder belongs to ${running.model.app.name}. Choose another one with --data.`;
      throw userFault('serve/other-app', message);
    }
    const hint = running.version === version ? '' : ` The project is at ${version}: skerry publish brings it here.`;
    return `${name} ${running.version} is published.${hint}`;
  }
  const signer = service.developmentSigner;
  if (!signer) throw userFault('serve/no-signer', 'This service has no development key.');
  const release = await releaseOfProject(project, { signer, nowMs: Date.now(), isDevelopment: true });
  for (const [hash, bytes] of release.parts) await service.parts.write(hash, bytes);
  await service.releases.publish(release.request);
  const objects = await seed(service, project, dataFolder);
  return `Published ${name} ${version} with ${objects} demo objects.`;
}

async function seed(service: Service, project: OpenProject, dataFolder: string): Promise<number> {
  const rows = new Map<string, string>();
  for (const file of await namesIn(dataFolder)) {
    if (file.endsWith('.csv')) rows.set(`data/${file}`, await readFile(join(dataFolder, file), 'utf8'));
  }
  for (const file of await namesIn(join(dataFolder, 'files'))) {
    const body = await readFile(join(dataFolder, 'files', file));
    await service.bodies.write(createHash('sha256').update(body).digest('hex'), body);
  }
  return loadDemoData(service, readDemoData(project.model, rows).objects);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
