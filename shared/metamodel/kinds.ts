import { type App, app, type Evolution, evolution, type Security, security } from './app.ts';
import {
  type Constant,
  constant,
  type Domain,
  domain,
  type Enumeration,
  enumeration,
  type Image,
  image,
  type JavaScriptAction,
  javaScriptAction,
  type Menu,
  type Module,
  menu,
  module,
  type OpaqueDocument,
  opaqueDocument,
  type RegularExpression,
  type Rule,
  regularExpression,
  rule,
} from './documents.ts';
import { type Entity, entity } from './entity.ts';
import { type Microflow, microflow, type Nanoflow, nanoflow } from './flow.ts';
import { type NavigationProfile, navigationProfile } from './navigation-profile.ts';
import { type Layout, layout, type Page, page, type Snippet, snippet } from './page.ts';
import type { z } from './schema.ts';

/** The content of each kind of document, defaults filled in. */
export interface DocumentContent {
  app: App;
  security: Security;
  navigationProfile: NavigationProfile;
  evolution: Evolution;
  module: Module;
  domain: Domain;
  entity: Entity;
  enumeration: Enumeration;
  constant: Constant;
  microflow: Microflow;
  nanoflow: Nanoflow;
  page: Page;
  snippet: Snippet;
  layout: Layout;
  menu: Menu;
  rule: Rule;
  regularExpression: RegularExpression;
  javaScriptAction: JavaScriptAction;
  image: Image;
  opaque: OpaqueDocument;
}
export type DocumentKind = keyof DocumentContent;

export interface KindEntry {
  readonly schema: z.core.$ZodType;
  /** Folder of the module the documents stand in; absent for documents with a place of their own. */
  readonly folder?: string;
}

/** One row per kind of document: its schema, and where in a module it stands. */
export const DOCUMENT_KINDS: { readonly [K in DocumentKind]: KindEntry } = {
  app: { schema: app },
  security: { schema: security },
  navigationProfile: { schema: navigationProfile },
  evolution: { schema: evolution },
  module: { schema: module },
  domain: { schema: domain },
  entity: { schema: entity, folder: 'entities' },
  enumeration: { schema: enumeration, folder: 'enumerations' },
  constant: { schema: constant, folder: 'constants' },
  microflow: { schema: microflow, folder: 'microflows' },
  nanoflow: { schema: nanoflow, folder: 'nanoflows' },
  page: { schema: page, folder: 'pages' },
  snippet: { schema: snippet, folder: 'snippets' },
  layout: { schema: layout, folder: 'layouts' },
  menu: { schema: menu, folder: 'menus' },
  rule: { schema: rule, folder: 'rules' },
  regularExpression: { schema: regularExpression, folder: 'regularExpressions' },
  javaScriptAction: { schema: javaScriptAction, folder: 'actions' },
  image: { schema: image, folder: 'images' },
  opaque: { schema: opaqueDocument, folder: 'opaque' },
};
