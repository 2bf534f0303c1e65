import { type Fault, operationalFault } from '../base/fault.ts';
import type { JsonObject } from '../base/json.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { FlowProgram } from '../flow/program.ts';
import { readModel } from '../metamodel/model.ts';
import type { RelationalPlan } from '../relational/plan.ts';
import type { ScopePlan } from '../scope/plan.ts';
import { bytesJson, utf8Text } from './bytes.ts';
import type { BundleContent, BundleImage, Catalog } from './content.ts';
import type { BundleManifest, PartEntry } from './manifest.ts';
import { insertTexts, type LanguageTexts } from './texts.ts';
import { verifyPart } from './verify.ts';

/**
 * A bundle's content from its parts, by sha256. Every part is checked against the manifest, which must have been
 * verified. `texts` parts may be missing: their languages then are. Refused with bundle/missing-part, bundle/altered,
 * bundle/unreadable.
 */
export function openBundle(
  manifest: BundleManifest,
  parts: ReadonlyMap<string, Uint8Array>,
): Result<BundleContent, Fault> {
  const held: { readonly part: PartEntry; readonly bytes: Uint8Array }[] = [];
  for (const part of manifest.parts) {
    const bytes = parts.get(part.sha256);
    if (bytes && !verifyPart(bytes, part))
      return refused('altered', `${part.path} is not what the manifest names. Fetch it again.`);
    if (bytes) held.push({ part, bytes });
    else if (part.kind !== 'texts')
      return refused('missing-part', `${part.path} of the bundle is missing. Fetch it again.`);
  }
  return read(manifest, new Map(held.map(({ part, bytes }) => [part.path, bytes])));
}

function read(manifest: BundleManifest, files: ReadonlyMap<string, Uint8Array>): Result<BundleContent, Fault> {
  const json = <T>(path: string): T => bytesJson(files.get(path) ?? new Uint8Array()) as T;
  const under = (folder: string) => [...files.keys()].filter((path) => path.startsWith(folder));
  try {
    const documents = new Map<string, JsonObject>();
    for (const path of under('documents/'))
      for (const [name, content] of Object.entries(json<{ [path: string]: JsonObject }>(path)))
        documents.set(name, content);
    for (const path of under('texts/')) addTexts(documents, /^texts\/(.*)\.json$/.exec(path)?.[1] ?? '', json(path));
    const model = readModel(documents);
    const navigation = model.find('navigationProfile', manifest.profile.name)?.content;
    const [problem] = model.diagnostics;
    if (problem || !navigation)
      return refused('unreadable', problem?.message ?? `The bundle has no profile ${manifest.profile.name}.`);
    const mediaTypes = json<{ readonly [name: string]: string }>('images.json');
    return ok({
      manifest,
      model,
      navigation,
      scope: json<ScopePlan>('scope.json'),
      relational: json<RelationalPlan>('relational.json'),
      catalog: json<Catalog>('catalog.json'),
      programs: new Map(
        under('programs/').flatMap((path) => Object.entries(json<{ [name: string]: FlowProgram }>(path))),
      ),
      actions: new Map(
        under('actions/').map((path) => [
          path.slice('actions/'.length, -'.js'.length),
          utf8Text(files.get(path) ?? new Uint8Array()),
        ]),
      ),
      images: new Map(
        Object.entries(mediaTypes).map(([name, mediaType]): [string, BundleImage] => [
          name,
          { mediaType, bytes: files.get(`images/${name}`) ?? new Uint8Array() },
        ]),
      ),
    });
  } catch (thrown) {
    // Parts are what the manifest names, so this is a bundle of another form than this runtime knows.
    return refused(
      'unreadable',
      `The bundle cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
    );
  }
}

function addTexts(documents: Map<string, JsonObject>, language: string, texts: LanguageTexts): void {
  for (const [path, own] of Object.entries(texts)) {
    const content = documents.get(path);
    if (content) documents.set(path, insertTexts(content, language, own));
  }
}

function refused(problem: string, message: string): { readonly ok: false; readonly error: Fault } {
  return err(operationalFault(`bundle/${problem}`, message));
}
