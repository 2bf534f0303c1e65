/** Rewrites the documents and geometry of a project in canonical text: node scripts/format-project.ts <folder> [--check] */
import { resolve } from 'node:path';
import { printDocument, printJson } from '../shared/metamodel/canonical.ts';
import { openProject } from '../studio/host/project/open-project.ts';
import { readText, writeText } from '../studio/host/project/project-files.ts';

const [folder, option] = process.argv.slice(2);
if (!folder || (option !== undefined && option !== '--check')) {
  process.stderr.write('Usage: node scripts/format-project.ts <folder> [--check]\n');
  process.exit(2);
}
const project = await openProject(resolve(folder));
const texts = [
  ...[...project.documents].map(([path, content]) => [path, printDocument(content)] as const),
  ...[...project.layouts].map(([path, content]) => [path, printJson(content)] as const),
];
let different = 0;
for (const [path, text] of texts) {
  if ((await readText(project.folder, path)) === text) continue;
  different++;
  if (option !== '--check') await writeText(project.folder, path, text);
  process.stdout.write(`${option === '--check' ? 'would rewrite' : 'rewrote'} ${path}\n`);
}
for (const [path] of project.unparsed) process.stdout.write(`not readable, left alone: ${path}\n`);
for (const { severity, code, message, document, path } of project.diagnostics) {
  process.stdout.write(`${severity} ${code} ${document ?? ''} ${path?.join('/') ?? ''}: ${message}\n`);
}
if (project.unparsed.size > 0 || (option === '--check' && different > 0)) process.exitCode = 1;
