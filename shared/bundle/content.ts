import type { ElementId } from '../base/ids.ts';
import type { FlowProgram } from '../flow/program.ts';
import type { Model } from '../metamodel/model.ts';
import type { NavigationProfile } from '../metamodel/navigation-profile.ts';
import type { RelationalPlan } from '../relational/plan.ts';
import type { ScopePlan } from '../scope/plan.ts';
import type { BundleManifest } from './manifest.ts';

/**
 * A bundle opened: all that a device's engine and pages run on. Made by `openBundle` from verified parts.
 *
 * `model` is the slim app model (docs/decisions/0002): the documents a profile reaches, in the metamodel's own shapes,
 * so that `model.find('page', 'Field.Inspections')`, `domainView(model)`, the checker and the evaluator work on a
 * device as they do in the studio. It holds
 * - pages, snippets, layouts and menus that the profile reaches, whole;
 * - entities of the scope plan with the members that stand on the device, non-persistable entities, ancestors (for
 *   inheritance), and bare entries for entities that are only named, such as an online call's parameter type;
 *   validation rules with their messages, delete behaviours, conflict policies; event handlers and calculated
 *   attributes that the device can run itself. No access rules: `scope.entities[].grants` are what holds;
 * - enumerations, constants, regular expressions, rules, signatures of JavaScript actions;
 * - nanoflows and microflows as signatures (parameters, return type, roles), without nodes: `programs` is what runs;
 * - skerry.json, security.json (user roles and their module roles; no demo users), the one navigation profile, its
 *   `synchronization.entities` and `.additional` left empty: `scope` is what holds.
 *
 * A Text has the app's default language and the languages that were opened.
 */
export interface BundleContent {
  readonly manifest: BundleManifest;
  readonly model: Model;
  readonly navigation: NavigationProfile;
  readonly scope: ScopePlan;
  readonly relational: RelationalPlan;
  readonly catalog: Catalog;
  /** By `Module.Name`: nanoflows, and microflows that run on the device (event handlers, calculated attributes, calls). */
  readonly programs: ReadonlyMap<string, FlowProgram>;
  /** JavaScript module texts of actions by `Module.Name`; each exports one function of its action's name. */
  readonly actions: ReadonlyMap<string, string>;
  /** Images that the profile shows, by `Module.Name`. */
  readonly images: ReadonlyMap<string, BundleImage>;
}

export interface BundleImage {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** Ids ↔ names of what the bundle holds: for messages, for upgrades between bundles, for translating between versions. */
export interface Catalog {
  readonly elements: { readonly [id: string]: CatalogEntry };
}

export interface CatalogEntry {
  readonly kind:
    | 'entity'
    | 'attribute'
    | 'association'
    | 'enumeration'
    | 'enumerationValue'
    | 'page'
    | 'snippet'
    | 'nanoflow'
    | 'microflow'
    | 'action'
    | 'userRole';
  /** Qualified name; `Module.Entity/Member` for attributes, `Module.Enumeration.Value` for values. */
  readonly name: string;
  /** Entity of an attribute or association, enumeration of a value. */
  readonly of?: ElementId;
}
