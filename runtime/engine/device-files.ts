import type { Cell } from '@skerry/shared/base/cell';
import type { ObjectId } from '@skerry/shared/base/ids';
import { quoteName } from '@skerry/shared/relational/dialect';
import { wantFile } from '../store/file-table.ts';
import { fetchBody } from '../sync/files.ts';
import { isFault, type ServiceClient } from '../sync/service-client.ts';
import { changeObject, mustLoad } from './change-object.ts';
import type { ObjectSnapshot } from './device-face.ts';
import type { Engine } from './engine.ts';
import { refuse } from './failure.ts';
import { snapshot } from './object-reader.ts';
import type { RunningEntity } from './running-app.ts';

const FILE_DOCUMENT = 'System.FileDocument';

/** Bodies of file objects: rows refer to them by hash, and never wait for them. */
export class DeviceFiles {
  readonly #engine: Engine;
  readonly #client: ServiceClient;

  constructor(engine: Engine, client: ServiceClient) {
    this.#engine = engine;
    this.#client = client;
  }

  async set(object: ObjectId, file: { name: string; mediaType: string; body: Uint8Array }): Promise<ObjectSnapshot> {
    const engine = this.#engine;
    const { ports, queue, working } = engine;
    const hash = await ports.digest(file.body);
    // The body is safe before anything refers to it.
    await ports.files.write(hash, file.body);
    const values: { [member: string]: Cell } = {
      Name: file.name,
      Hash: hash,
      Size: String(file.body.length),
      MediaType: file.mediaType,
      HasContents: true,
    };
    const saved = working.save();
    try {
      return await queue.read(async (reader) => {
        await changeObject(reader, engine.reader(), object, values);
        const changed = working.get(object) ?? refuse('object/gone', 'This object is not on this device any more.');
        working.put({ ...changed, body: { hash, mediaType: file.mediaType, bytes: file.body.length } });
        return snapshot(await mustLoad(reader, engine.reader(), object));
      });
    } catch (thrown) {
      working.restore(saved);
      throw thrown;
    }
  }

  async read(object: ObjectId): Promise<{ readonly body: Uint8Array; readonly mediaType: string } | null> {
    const engine = this.#engine;
    const { queue, ports } = engine;
    const loaded = await queue.read((reader) => mustLoad(reader, engine.reader(), object));
    const values = snapshot(loaded).values;
    const { Hash: hash, MediaType: mediaType } = values;
    if (typeof hash !== 'string') return null;
    const body = (await ports.files.read(hash)) ?? (await this.#fetch({ hash, entity: loaded.entity.id, object }));
    return body && { body, mediaType: typeof mediaType === 'string' ? mediaType : 'application/octet-stream' };
  }

  /** Notes bodies that rows have come to refer to and that are not here, where the profile wants them beforehand. */
  async wantNew(): Promise<void> {
    const { app, queue, ports } = this.#engine;
    if (app.bundle.navigation.synchronization.files.when !== 'eager') return;
    for (const entity of this.#fileEntities()) {
      const table = app.tables.table(entity.id);
      const column = (name: string) => table?.columns.find(({ memberId }) => memberId === entity.members.get(name)?.id);
      const [hash, mediaType, size] = [column('Hash'), column('MediaType'), column('Size')];
      if (!table || !hash) continue;
      await queue.transact(async (transaction) => {
        const rows = await transaction.all(
          `SELECT min("$id") AS id, ${quoteName(hash.name)} AS h, ${mediaType ? quoteName(mediaType.name) : 'NULL'} AS m, ${size ? quoteName(size.name) : '0'} AS s FROM ${quoteName(table.name)}
           WHERE ${quoteName(hash.name)} IS NOT NULL AND ${quoteName(hash.name)} NOT IN (SELECT "hash" FROM "$file" WHERE "state" <> 'missing') GROUP BY ${quoteName(hash.name)}`,
        );
        for (const row of rows) {
          await transaction.run(`DELETE FROM "$file" WHERE "hash" = ? AND "state" = 'missing'`, [row.h ?? null]);
          const file = {
            hash: String(row.h),
            mediaType: String(row.m ?? ''),
            bytes: Number(row.s ?? 0),
            entity: entity.id,
            object: String(row.id),
          };
          await wantFile(transaction, file, ports.clock.now());
        }
      });
    }
  }

  async removeAll(): Promise<void> {
    const { files } = this.#engine.ports;
    for (const hash of await files.list()) await files.delete(hash);
  }

  #fileEntities(): readonly RunningEntity[] {
    const { app } = this.#engine;
    const names = [FILE_DOCUMENT, ...app.view.specialisations(FILE_DOCUMENT)];
    return names.flatMap((name) => app.entity(name) ?? []);
  }

  async #fetch(file: { hash: string; entity: string; object: string }): Promise<Uint8Array | null> {
    const { queue, ports } = this.#engine;
    try {
      return await fetchBody(
        { queue, client: this.#client, files: ports.files, digest: (body) => ports.digest(body) },
        file,
      );
    } catch (thrown) {
      if (isFault(thrown)) return null;
      throw thrown;
    }
  }
}
