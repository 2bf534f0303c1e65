import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import type { Model } from '@skerry/shared/metamodel/model';
import { readDemoData } from '@skerry/shared/relational/demo-data';
import { type DemoObjects, demoObjects, demoSession, type SessionSettings } from '@skerry/shared/scope/demo-objects';
import type { Representative } from '@skerry/shared/scope/estimate';
import { demoSettings } from '../demo-data/demo-surroundings.ts';

/** Demo data as the model of one revision reads it. */
export interface DemoRows {
  readonly objects: DemoObjects;
  readonly settings: SessionSettings;
  readonly diagnostics: readonly Diagnostic[];
  /** The role's first demo user, with that role alone; undefined when the role has none, or there are no rows. */
  representative(role: string): Representative | undefined;
}

/** Reads demo data again only when the texts, or what gives them their meaning, changed. */
export class DemoTexts {
  #texts: ReadonlyMap<string, string> = new Map();
  #known: { basis: readonly unknown[]; rows: DemoRows } | undefined;

  /** Null takes a text away. */
  change(texts: { readonly [path: string]: string | null }): void {
    const after = new Map(this.#texts);
    for (const [path, text] of Object.entries(texts)) {
      if (text === null) after.delete(path);
      else after.set(path, text);
    }
    this.#texts = after;
  }

  rows(model: Model): DemoRows {
    const basis: unknown[] = [this.#texts, model.app, model.security];
    for (const kind of ['entity', 'enumeration', 'constant'] as const) basis.push(...model.all(kind).values());
    const known = this.#known;
    if (known && known.basis.length === basis.length && basis.every((one, at) => one === known.basis[at]))
      return known.rows;
    const rows = readRows(model, this.#texts);
    this.#known = { basis, rows };
    return rows;
  }
}

function readRows(model: Model, texts: ReadonlyMap<string, string>): DemoRows {
  const { objects: rows, diagnostics } = readDemoData(model, texts);
  const objects = demoObjects(model, rows);
  const settings = demoSettings(rows);
  const view = domainView(model);
  return {
    objects,
    settings,
    diagnostics,
    representative: (name) => {
      const { demoUsers, userRoles } = model.security;
      const role = userRoles.find((one) => one.name === name);
      const user = demoUsers.find((one) => one.userRoles.includes(name));
      if (!role || !user || rows.length === 0) return undefined;
      const session = demoSession(user.name, objects, view, settings);
      return session && { role: name, session: { ...session, roles: [role.id] } };
    },
  };
}
