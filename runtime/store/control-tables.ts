/**
 * The store's own tables, apart from the app's: those are a pure function of the bundle, these survive every bundle.
 * Names begin with `$`, which no element's name does. JSON columns hold the shapes of shared/sync.
 *
 * `$outbox.covered`, `verdict` and `sequence`: see shared/sync/outbox. `settles` names a record of the server when the
 * entry is a settlement and not a transaction.
 *
 * `$file`: bodies by hash; `entity` and `object` name a row that refers to it, through which it may be fetched.
 *
 * `$notice`: what a conflict policy gave to somebody else, until the user has seen it.
 *
 * `$base.state`: `none` the server has never confirmed the object; `present` the row is its copy; `gone` the object has
 * left the scope and the row is the last that was known.
 */
export const STORE_FORMAT = 1;

export const CONTROL_TABLES = `
CREATE TABLE IF NOT EXISTS "$meta" ("key" TEXT PRIMARY KEY, "value" TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS "$outbox" (
  "ordinal" INTEGER PRIMARY KEY,
  "id" TEXT NOT NULL UNIQUE,
  "sequence" INTEGER,
  "user" TEXT NOT NULL,
  "bundleVersion" TEXT NOT NULL,
  "flow" TEXT,
  "atMs" INTEGER NOT NULL,
  "settles" TEXT,
  "how" TEXT,
  "verdict" TEXT,
  "covered" INTEGER NOT NULL DEFAULT 0,
  "bytes" INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS "$operation" (
  "entry" INTEGER NOT NULL,
  "place" INTEGER NOT NULL,
  "object" TEXT NOT NULL,
  "content" TEXT NOT NULL,
  PRIMARY KEY ("entry", "place")
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS "$operation_object" ON "$operation" ("object", "entry", "place");

CREATE TABLE IF NOT EXISTS "$base" (
  "object" TEXT PRIMARY KEY,
  "entity" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "rev" INTEGER NOT NULL,
  "rights" INTEGER,
  "cells" TEXT NOT NULL,
  "links" TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS "$rights" ("key" INTEGER PRIMARY KEY, "content" TEXT NOT NULL UNIQUE);

CREATE TABLE IF NOT EXISTS "$inbox" (
  "id" TEXT PRIMARY KEY,
  "atMs" INTEGER NOT NULL,
  "transaction" TEXT NOT NULL,
  "verdict" TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "$inbox_object" (
  "object" TEXT NOT NULL,
  "entry" TEXT NOT NULL,
  PRIMARY KEY ("object", "entry")
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS "$notice" (
  "id" TEXT PRIMARY KEY,
  "atMs" INTEGER NOT NULL,
  "entity" TEXT NOT NULL,
  "object" TEXT NOT NULL,
  "member" TEXT,
  "mine" TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS "$staging" ("page" INTEGER PRIMARY KEY, "body" TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS "$sync_session" (
  "id" INTEGER PRIMARY KEY,
  "startedMs" INTEGER NOT NULL,
  "result" TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS "$file" (
  "hash" TEXT PRIMARY KEY,
  "state" TEXT NOT NULL,
  "bytes" INTEGER NOT NULL,
  "mediaType" TEXT NOT NULL,
  "atMs" INTEGER NOT NULL,
  "entity" TEXT,
  "object" TEXT
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS "$bundle" (
  "version" TEXT PRIMARY KEY,
  "manifest" TEXT NOT NULL,
  "signature" TEXT NOT NULL,
  "state" TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "$bundle_part" ("sha256" TEXT PRIMARY KEY, "body" BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS "$session" ("id" INTEGER PRIMARY KEY CHECK ("id" = 1), "content" TEXT NOT NULL);
`;
