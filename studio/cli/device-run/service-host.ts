/** A sync service of the scenario's own, in a process of its own. Takes commands from the process that forked it. */

import type { Cell } from '@skerry/shared/base/cell';
import { Fault, userFault } from '@skerry/shared/base/fault';
import type { ObjectId } from '@skerry/shared/base/ids';
import { readModel } from '@skerry/shared/metamodel/model';
import { createService, loadDemoData, type Service } from '@skerry/sync-service/app';
import { bound } from '@skerry/sync-service/base/column';
import { quoted } from '@skerry/sync-service/base/quoted';
import { readProjectDemoData } from '../../host/demo-data/read-project-demo-data.ts';
import { type OpenProject, openProject } from '../../host/project/open-project.ts';
import { releaseOfProject } from '../../host/publish/publish-project.ts';
import { editDocuments } from './edit-model.ts';
import type { FromServiceHost, ServiceCommand, ServiceHostOptions, ToServiceHost } from './service-messages.ts';
import { memberValue } from './values.ts';

interface Open {
  readonly service: Service;
  /** As published last. */
  project: OpenProject;
}

let open: Open | null = null;

process.on('message', (message: ToServiceHost) => {
  switch (message.kind) {
    case 'open':
      return void start(message.options).then(tell, refused(null));
    case 'command':
      return void perform(message.command).then(
        (note) => tell({ kind: 'done', call: message.call, note }),
        refused(message.call),
      );
    case 'close':
      return void stop();
  }
});
process.on('disconnect', () => process.exit(0));

async function start(options: ServiceHostOptions): Promise<FromServiceHost> {
  const now = () => Date.now() + options.clockOffsetMs;
  const service = await createService({
    config: { mode: 'development', dataFolder: options.dataFolder, port: options.port, logLevel: 'silent' },
    now,
  });
  const project = await openProject(options.project);
  open = { service, project };
  if (!service.releases.hasActive()) {
    await publish(open, project, undefined);
    await loadDemoData(service, (await readProjectDemoData(project)).objects);
  }
  return { kind: 'ready', ...(await service.start()) };
}

async function perform(command: ServiceCommand): Promise<string> {
  if (!open) throw userFault('scenario/service-not-open', 'The service is not open.');
  if (command.kind === 'alter') return alter(open.service, command);
  const documents = editDocuments(open.project.documents, command.edits);
  const project = { ...open.project, documents, model: readModel(documents) };
  await publish(open, { ...project, diagnostics: project.model.diagnostics }, command.version);
  open.project = project;
  return `published ${command.version}`;
}

async function publish({ service }: Open, project: OpenProject, version: string | undefined): Promise<void> {
  const signer = service.developmentSigner;
  if (!signer) throw userFault('scenario/no-signer', 'The service has no development key.');
  const release = await releaseOfProject(project, {
    signer,
    nowMs: Date.now(),
    isDevelopment: true,
    ...(version === undefined ? {} : { version }),
  });
  for (const [hash, bytes] of release.parts) await service.parts.write(hash, bytes);
  await service.releases.publish(release.request);
}

/** Straight into the table: neither rights nor revision nor log hear of it. */
async function alter(service: Service, { object, set }: Extract<ServiceCommand, { kind: 'alter' }>): Promise<string> {
  const model = service.releases.active();
  const id = object as ObjectId;
  return service.database.write(async (unit) => {
    for (const info of model.entities.values()) {
      const found = await unit.all(`SELECT 1 AS "there" FROM ${quoted(info.table)} WHERE "$id" = ?`, [id]);
      if (found.length === 0) continue;
      for (const [name, value] of Object.entries(set)) {
        const member = model.view.attributes(info.name).get(name);
        const column = member && info.columnOf.get(member.id);
        if (!column) throw userFault('scenario/unknown-member', `${info.name} has no column for ${name}.`);
        await unit.run(`UPDATE ${quoted(info.table)} SET ${quoted(column.name)} = ? WHERE "$id" = ?`, [
          bound(memberValue(model.model, info.name, name, value) as Cell, column),
          id,
        ]);
      }
      return `altered ${info.name} ${id}`;
    }
    throw userFault('scenario/no-object', `The service holds no object ${id}.`);
  });
}

async function stop(): Promise<void> {
  await open?.service.stop();
  process.exit(0);
}

function refused(call: number | null) {
  return (error: unknown) => {
    const isFault = error instanceof Fault;
    const message = error instanceof Error ? (isFault ? error.message : (error.stack ?? error.message)) : String(error);
    tell({ kind: 'refused', call, code: isFault ? error.code : 'scenario/service-failed', message });
  };
}

function tell(message: FromServiceHost): void {
  process.send?.(message);
}
