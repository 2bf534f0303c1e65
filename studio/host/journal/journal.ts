import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { operationalFault } from '@skerry/shared/base/fault';
import type { JsonObject } from '@skerry/shared/base/json';
import type { Edit } from '@skerry/shared/metamodel/change/edit';
import type { TextOperation } from '../commands/text-operation.ts';

/** What files said before the journal first touched them; null: there was none. */
export interface Bases {
  readonly documents: { readonly [path: string]: JsonObject | null };
  readonly texts: { readonly [path: string]: string | null };
}

/**
 * One line of the journal. A step carries what the files it is the first to touch said on disk, so that recovery can
 * play everything again whatever has happened to the files since.
 */
export type JournalEntry =
  | {
      readonly kind: 'step';
      readonly label: string;
      readonly edit: Edit;
      readonly texts: readonly TextOperation[];
      readonly merge?: string;
      readonly bases: Bases;
    }
  | { readonly kind: 'undo' | 'redo'; readonly document?: string };

const FORMAT = 1;

/** Where the unsaved work of a project is kept. */
export function journalPath(stateFolder: string, folder: string): string {
  return join(stateFolder, 'journals', `${createHash('sha256').update(folder).digest('hex').slice(0, 24)}.ndjson`);
}

/** Unsaved work, one JSON object per line, on the disk before anybody is told of it. One caller at a time. */
export class Journal {
  readonly path: string;
  readonly #folder: string;
  #file: FileHandle | undefined;

  /** @param folder of the project, for people who find the file */
  constructor(path: string, folder: string) {
    this.path = path;
    this.#folder = folder;
  }

  /** Returns when the entry is on the disk. @throws Fault `journal/not-written` */
  async append(entry: JournalEntry): Promise<void> {
    try {
      const file = this.#file ?? (await this.#begin());
      await file.appendFile(`${JSON.stringify(entry)}\n`);
      await file.datasync();
    } catch (error) {
      const message = `The change was not made, because it could not be kept safe: ${String(error)}. Free space in ${dirname(this.path)}.`;
      throw operationalFault('journal/not-written', message, { path: this.path });
    }
  }

  /** Replaces all entries, as one. */
  async restart(entries: readonly JournalEntry[]): Promise<void> {
    await this.close();
    if (entries.length === 0) {
      await rm(this.path, { force: true });
      return;
    }
    await mkdir(dirname(this.path), { recursive: true });
    const temporary = `${this.path}.${randomUUID()}.tmp`;
    await writeFile(temporary, this.#print(entries), { flush: true });
    await rename(temporary, this.path);
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }

  async #begin(): Promise<FileHandle> {
    await mkdir(dirname(this.path), { recursive: true });
    this.#file = await open(this.path, 'a');
    if ((await this.#file.stat()).size === 0) await this.#file.appendFile(this.#print([]));
    return this.#file;
  }

  #print(entries: readonly JournalEntry[]): string {
    const head = { kind: 'journal', format: FORMAT, folder: this.#folder };
    return [head, ...entries].map((line) => `${JSON.stringify(line)}\n`).join('');
  }
}

export interface ReadJournal {
  readonly entries: readonly JournalEntry[];
  /** Whether there is more in the file than could be read; a torn last line does not count. */
  readonly isDamaged: boolean;
}

/** What a journal holds; undefined when there is none. A last line without its end was never answered for. */
export async function readJournal(path: string): Promise<ReadJournal | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  lines.pop();
  const [head, ...rest] = lines.map(parseLine);
  if (!head) return lines.length === 0 ? undefined : { entries: [], isDamaged: true };
  if (head.kind !== 'journal' || head.format !== FORMAT) return { entries: [], isDamaged: true };
  const broken = rest.indexOf(undefined);
  const entries = (broken < 0 ? rest : rest.slice(0, broken)) as unknown as JournalEntry[];
  return { entries, isDamaged: broken >= 0 };
}

function parseLine(line: string): { readonly kind?: unknown; readonly format?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
