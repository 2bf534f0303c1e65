import type { Cell } from '@skerry/shared/base/cell';
import { sha256Hex } from '@skerry/shared/base/hash';
import type { ObjectId } from '@skerry/shared/base/ids';
import { canonicalJson, type Json } from '@skerry/shared/base/json';
import { buildBundle } from '@skerry/shared/bundle/build';
import { serverModel } from '@skerry/shared/bundle/server-model';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import type { Model } from '@skerry/shared/metamodel/model';
import type { DemoObject } from '@skerry/shared/relational/demo-data';
import { planTables } from '@skerry/shared/relational/plan-tables';
import { analyze } from '@skerry/shared/scope/analyze';
import { readProjectDemoData } from '../../studio/host/demo-data/read-project-demo-data.ts';
import { openProject } from '../../studio/host/project/open-project.ts';

/** What a gallery page fetches: a bundle and the objects a fake device holds. */
export interface GalleryBundle {
  /** Canonical JSON text. */
  readonly manifest: string;
  /** Parts by hash, base64. */
  readonly parts: readonly (readonly [string, string])[];
  readonly objects: readonly DemoObject[];
  readonly user: { readonly id: ObjectId; readonly entity: string };
}

/** Enough that lists grow page by page, little enough that a page opens at once. */
const KEPT_PER_ENTITY = 40;

/** The sample app as an inspector's phone gets it. */
export async function sampleGallery(): Promise<GalleryBundle> {
  const folder = new URL('../../fixtures/apps/field-inspections', import.meta.url).pathname;
  const project = await openProject(folder);
  const { objects } = await readProjectDemoData(project);
  const view = domainView(project.model);
  const counts = new Map<string, number>();
  const kept = objects.filter(({ entity }) => {
    const count = (counts.get(entity) ?? 0) + 1;
    counts.set(entity, count);
    return count <= KEPT_PER_ENTITY;
  });
  // What the day's flow would have counted.
  const overview = view.attributes('Field.DayOverview');
  const counted: { [member: string]: Cell } = {
    Greeting: 'Anna',
    Today: 4,
    Overdue: 2,
    OpenFindings: 12,
    AllDone: false,
  };
  const day: DemoObject = {
    entity: 'Field.DayOverview',
    id: '01999999-0000-7000-8000-ffffffffffff' as ObjectId,
    cells: Object.fromEntries(Object.entries(counted).map(([name, cell]) => [overview.get(name)?.id ?? name, cell])),
    links: {},
  };
  return galleryBundle(project.model, 'InspectorPhone', [...withReferenced(kept, objects), day], 'Field.Inspector');
}

/** Adds what the objects refer to, and what that refers to, so that no path on a screen ends in nothing. */
function withReferenced(kept: readonly DemoObject[], all: readonly DemoObject[]): readonly DemoObject[] {
  const byId = new Map<unknown, DemoObject>(all.map((object) => [object.id, object]));
  const reached = new Set<DemoObject>();
  const visit = (object: DemoObject | undefined) => {
    if (!object || reached.has(object)) return;
    reached.add(object);
    for (const cell of Object.values(object.cells)) visit(byId.get(cell));
    for (const id of Object.values(object.links).flat()) visit(byId.get(id));
  };
  for (const object of kept) visit(object);
  return [...reached];
}

/** @param userEntity the first object of this entity is signed in */
export function galleryBundle(
  model: Model,
  profileName: string,
  objects: readonly DemoObject[],
  userEntity: string,
): GalleryBundle {
  const profile = model.find('navigationProfile', profileName);
  const user = objects.find(({ entity }) => entity === userEntity);
  if (!profile || !user) throw new Error(`The gallery lacks its profile ${profileName} or a user of ${userEntity}.`);
  const bundle = buildBundle({
    model,
    profile: profileName,
    scope: analyze(model, profile).plan,
    relational: planTables(model),
    actions: new Map(),
    modelHash: serverModel(model).hash,
    protocolVersion: 1,
    minimumRuntime: '0.1.0',
  });
  if (!bundle.ok) throw new Error(`The gallery's bundle cannot be built: ${JSON.stringify(bundle.error)}`);
  const { manifest, parts } = bundle.value;
  return {
    manifest: canonicalJson(manifest as unknown as Json),
    parts: [...parts.values()].map((bytes) => [sha256Hex(bytes), Buffer.from(bytes).toString('base64')] as const),
    objects,
    user: { id: user.id, entity: user.entity },
  };
}
