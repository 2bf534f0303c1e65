import { hostOn, run } from '../host-kit.ts';

/*
 * A host that somebody types into until it is killed. Says each text once its command has been answered.
 */
const [folder, stateFolder] = process.argv.slice(2) as [string, string];
const SITE = 'modules/Field/entities/Site.json';
const host = hostOn(stateFolder);
await host.open(folder);
await run(host, 'element.rename', { document: SITE, element: 'y6qztp2cb6k646tv', name: 'Place' });
const path = 'modules/Field/entities/Place.json';
for (let i = 0; ; i++) {
  const value = `word ${i}`;
  await run(host, 'element.set', { changes: [{ document: path, path: ['documentation'], value }], merge: 'typing' });
  process.stdout.write(`${i}\n`);
}
