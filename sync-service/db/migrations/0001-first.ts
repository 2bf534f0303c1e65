import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `CREATE TABLE "setting" ("key" text PRIMARY KEY NOT NULL, "value" text NOT NULL)`,
  `CREATE TABLE "credential" ("userId" text PRIMARY KEY NOT NULL, "entityId" text NOT NULL, "name" text NOT NULL,
    "passwordHash" text NOT NULL)`,
  `CREATE UNIQUE INDEX "credential_name" ON "credential" ("name")`,
  `CREATE TABLE "refresh_family" ("id" text PRIMARY KEY NOT NULL, "userId" text NOT NULL, "deviceId" text NOT NULL,
    "tokenHash" text NOT NULL, "spentHash" text NOT NULL, "spentMs" bigint NOT NULL, "expiresMs" bigint NOT NULL, "revoked" integer NOT NULL)`,
  `CREATE TABLE "device" ("id" text PRIMARY KEY NOT NULL, "userId" text NOT NULL, "platform" text NOT NULL,
    "profile" text NOT NULL, "bundleVersion" text, "firstSeenMs" bigint NOT NULL, "lastSeenMs" bigint NOT NULL,
    "highestSequence" bigint NOT NULL, "acknowledged" bigint NOT NULL)`,
  // What was answered to each number of a device's store, repeated word for word as long as the log reaches back.
  `CREATE TABLE "verdict" ("deviceId" text NOT NULL, "sequence" bigint NOT NULL, "transactionId" text NOT NULL,
    "hash" text NOT NULL, "verdict" text NOT NULL, "atMs" bigint NOT NULL, PRIMARY KEY ("deviceId", "sequence"))`,
  `CREATE INDEX "verdict_transaction" ON "verdict" ("transactionId")`,
  // The service's copy of what it rejected or parked, until somebody settles it.
  `CREATE TABLE "record" ("id" text PRIMARY KEY NOT NULL, "deviceId" text NOT NULL, "userId" text NOT NULL,
    "sequence" bigint NOT NULL, "kind" text NOT NULL, "code" text NOT NULL, "message" text NOT NULL,
    "transaction" text NOT NULL, "conflicts" text NOT NULL, "atMs" bigint NOT NULL, "outcome" text, "settledBy" text,
    "settledMs" bigint, "settledPosition" bigint)`,
  `CREATE INDEX "record_device" ON "record" ("deviceId", "settledPosition")`,
  `CREATE TABLE "record_object" ("deviceId" text NOT NULL, "objectId" text NOT NULL, "record" text NOT NULL,
    PRIMARY KEY ("deviceId", "objectId", "record"))`,
  `CREATE TABLE "release" ("version" text PRIMARY KEY NOT NULL, "modelPart" text NOT NULL, "publishedMs" bigint NOT NULL,
    "active" integer NOT NULL, "plan" text NOT NULL)`,
  `CREATE TABLE "release_bundle" ("version" text NOT NULL, "profile" text NOT NULL, "manifest" text NOT NULL,
    "signature" text NOT NULL, PRIMARY KEY ("version", "profile"))`,
  // Before-images of rows and links, in commit order. Its positions are what cursors are made of.
  `CREATE TABLE "change_log" ("position" integer PRIMARY KEY AUTOINCREMENT, "kind" text NOT NULL,
    "entityId" text, "associationId" text, "objectId" text NOT NULL, "targetId" text, "rev" bigint, "beforeRev" bigint,
    "before" text, "members" text, "transactionId" text, "deviceId" text, "sequence" bigint, "userId" text,
    "atMs" bigint NOT NULL)`,
  // Equality on all that a question names: without it SQLite walks the entity's whole window for each row.
  `CREATE INDEX "change_log_object" ON "change_log" ("objectId", "entityId", "position")`,
  `CREATE INDEX "change_log_link" ON "change_log" ("objectId", "associationId", "targetId", "position")`,
  `CREATE INDEX "change_log_entity" ON "change_log" ("entityId", "position")`,
  `CREATE INDEX "change_log_association" ON "change_log" ("associationId", "position")`,
  // From which position on an entity's before-images have today's shape.
  `CREATE TABLE "log_barrier" ("entityId" text PRIMARY KEY NOT NULL, "position" bigint NOT NULL)`,
  `CREATE TABLE "autonumber" ("memberId" text PRIMARY KEY NOT NULL, "next" bigint NOT NULL)`,
  `CREATE TABLE "file_body" ("hash" text PRIMARY KEY NOT NULL, "bytes" bigint NOT NULL, "storedMs" bigint NOT NULL)`,
  `CREATE TABLE "file_uploader" ("hash" text NOT NULL, "userId" text NOT NULL, PRIMARY KEY ("hash", "userId"))`,
  // Who made a row name a body: naming one gives nothing to whoever does not have it.
  `CREATE TABLE "file_claim" ("objectId" text NOT NULL, "hash" text NOT NULL, "userId" text NOT NULL,
    PRIMARY KEY ("objectId", "hash", "userId"))`,
  `CREATE TABLE "holding" ("deviceId" text NOT NULL, "entityId" text NOT NULL, "objectId" text NOT NULL,
    "position" bigint NOT NULL, PRIMARY KEY ("deviceId", "objectId"))`,
  `CREATE INDEX "holding_entity" ON "holding" ("deviceId", "entityId", "position")`,
  // Microflow calls answered once per id.
  `CREATE TABLE "flow_call" ("id" text PRIMARY KEY NOT NULL, "userId" text NOT NULL, "deviceId" text NOT NULL,
    "hash" text NOT NULL, "answer" text NOT NULL, "atMs" bigint NOT NULL)`,
];

export class First0001 implements MigrationInterface {
  readonly name = 'First1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('The first migration has nothing before it to go back to.');
  }
}
