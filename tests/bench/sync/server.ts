/** The service that is measured, in a process of its own. */
import { readModel } from '@skerry/shared/metamodel/model';
import { createService, loadDemoData } from '@skerry/sync-service/app';
import { buildRelease } from '../../../studio/host/publish/build-release.ts';
import { benchApp, benchObjects } from './app.ts';
import type { ServerOptions } from './messages.ts';

const CREDENTIALS = 'SELECT "userId" AS "id" FROM "credential"';

process.once('message', (options: ServerOptions) => void start(options));
process.on('message', (message: unknown) => {
  // By the ordinary way out, so that a CPU profile is written.
  if (message === 'end') process.exit(0);
});

async function start({ folder, rows, rules, seed }: ServerOptions): Promise<void> {
  const service = await createService({ config: { mode: 'development', dataFolder: folder, logLevel: 'silent' } });
  if (!seed) {
    const { url } = await service.start();
    process.send?.({ url });
    return;
  }
  const signer = service.developmentSigner;
  if (!signer) throw new Error('A development service has a signer.');
  const release = buildRelease(readModel(benchApp(rules)), {
    signer,
    nowMs: Date.now(),
    actionSources: new Map(),
    isDevelopment: true,
  });
  if (!release.ok) throw new Error(JSON.stringify(release.error));
  for (const [hash, bytes] of release.value.parts) await service.parts.write(hash, bytes);
  await service.releases.publish(release.value.request);
  await loadDemoData(service, []);
  const users = await service.database.read((sql) => sql.all(CREDENTIALS));
  await loadDemoData(
    service,
    benchObjects(
      rows,
      rules,
      users.map(({ id }) => String(id) as never),
    ),
  );
  await service.stop();
  process.send?.({ url: '' });
}
