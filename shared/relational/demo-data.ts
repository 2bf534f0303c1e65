import type { Cell, Cells } from '../base/cell.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { isObjectId, type ObjectId } from '../base/ids.ts';
import { compareCodePoints } from '../base/json.ts';
import type { AttributeMember } from '../metamodel/domain-view.ts';
import { type AssociationEnd, type DomainView, domainView } from '../metamodel/domain-view.ts';
import type { Model } from '../metamodel/model.ts';
import { type CsvField, parseCsv } from './csv.ts';
import { demoCell } from './demo-cell.ts';

/** An object of the demo data. Its references are cells; links of reference sets stand apart, by association. */
export interface DemoObject {
  /** Qualified name of its own entity. */
  readonly entity: string;
  readonly id: ObjectId;
  readonly cells: Cells;
  readonly links: { readonly [associationId: string]: readonly ObjectId[] };
}

export interface DemoData {
  readonly objects: readonly DemoObject[];
  readonly diagnostics: readonly Diagnostic[];
}

type Column =
  | { readonly kind: 'id' }
  | { readonly kind: 'attribute'; readonly member: AttributeMember }
  | { readonly kind: 'association'; readonly end: AssociationEnd };

/**
 * Reads `data/<Module.Entity>.csv`: a column `id` and one for each member that has values. A wrong cell is reported
 * with file, line and column and left empty; a wrong id loses its row.
 */
export function readDemoData(model: Model, files: ReadonlyMap<string, string>): DemoData {
  const reader = new DemoReader(model);
  for (const path of [...files.keys()].sort(compareCodePoints)) reader.file(path, files.get(path) ?? '');
  return reader.finish();
}

class DemoReader {
  readonly #model: Model;
  readonly #view: DomainView;
  readonly #objects = new Map<ObjectId, DemoObject>();
  readonly #references: { path: string; field: CsvField; target: ObjectId; end: AssociationEnd }[] = [];
  readonly #diagnostics: Diagnostic[] = [];

  constructor(model: Model) {
    this.#model = model;
    this.#view = domainView(model);
  }

  finish(): DemoData {
    for (const { path, field, target, end } of this.#references) {
      const found = this.#objects.get(target);
      if (!found) this.#report(path, field, 'unknown-object', `No demo object has the id ${target}.`, 'warning');
      else if (!this.#view.isA(found.entity, end.to)) {
        this.#report(
          path,
          field,
          'wrong-entity',
          `${target} is a ${found.entity}; ${end.qualifiedName} leads to ${end.to}.`,
        );
      }
    }
    return { objects: [...this.#objects.values()], diagnostics: this.#diagnostics };
  }

  file(path: string, text: string): void {
    const entity = /^data\/(.+)\.csv$/.exec(path)?.[1];
    if (!entity) return;
    const [header, ...rows] = parseCsv(text);
    if (!this.#view.entity(entity)) {
      const at = { line: 1, column: 1, text: '', quoted: false };
      this.#report(path, at, 'unknown-entity', `There is no entity ${entity}. Rename the file, or remove it.`);
      return;
    }
    const columns = (header ?? []).map((field) => this.#column(path, field, entity));
    if (header && !columns.some((column) => column?.kind === 'id')) {
      this.#report(path, header[0] as CsvField, 'no-id-column', 'One column must be called id.');
      return;
    }
    for (const row of rows) this.#row(path, entity, columns, row);
  }

  #column(path: string, field: CsvField, entity: string): Column | undefined {
    if (field.text === 'id') return { kind: 'id' };
    const member = this.#view.attributes(entity).get(field.text);
    if (member) return { kind: 'attribute', member };
    const end = this.#view.owned(entity).find((one) => one.name === field.text || one.qualifiedName === field.text);
    if (end) return { kind: 'association', end };
    this.#report(
      path,
      field,
      'unknown-member',
      `${entity} has no member ${field.text}. Correct the header, or remove the column.`,
    );
    return undefined;
  }

  #row(path: string, entity: string, columns: readonly (Column | undefined)[], row: readonly CsvField[]): void {
    const first = row[0] as CsvField;
    if (row.length !== columns.length) {
      this.#report(
        path,
        first,
        'wrong-number-of-cells',
        `This row has ${row.length} cells, the header ${columns.length}.`,
      );
    }
    const idField = row[columns.findIndex((column) => column?.kind === 'id')];
    const id = idField?.text ?? '';
    if (!isObjectId(id)) {
      this.#report(path, idField ?? first, 'wrong-id', `"${id}" is not an object id, which is a UUID in lower case.`);
      return;
    }
    const other = this.#objects.get(id);
    if (other) {
      this.#report(
        path,
        idField ?? first,
        'duplicate-id',
        `A ${other.entity} has the id ${id} too. Give one of them a new id.`,
      );
      return;
    }
    const cells: { [member: string]: Cell } = {};
    const links: { [association: string]: readonly ObjectId[] } = {};
    for (const [index, column] of columns.entries()) {
      const field = row[index];
      if (!column || !field || column.kind === 'id') continue;
      const isEmpty = field.text === '' && !field.quoted;
      if (column.kind === 'attribute') {
        cells[column.member.id] = isEmpty ? null : this.#cell(path, field, column.member);
      } else {
        const ids = this.#targets(path, field, column.end);
        if (column.end.type === 'referenceSet') links[column.end.id] = ids;
        else cells[column.end.id] = ids[0] ?? null;
      }
    }
    this.#objects.set(id, { entity, id, cells, links });
  }

  #cell(path: string, field: CsvField, member: AttributeMember): Cell {
    const read = demoCell(field.text, member.type, this.#model);
    if (read.ok) return read.value;
    this.#report(path, field, 'wrong-cell', `"${field.text}" does not fit ${member.name}: ${read.error}.`);
    return null;
  }

  #targets(path: string, field: CsvField, end: AssociationEnd): readonly ObjectId[] {
    const texts = field.text.split(' ').filter((text) => text !== '');
    const ids = texts.filter((text): text is ObjectId => isObjectId(text));
    if (ids.length < texts.length)
      this.#report(path, field, 'wrong-id', `"${field.text}" is not a list of object ids.`);
    if (end.type === 'reference' && ids.length > 1) {
      this.#report(path, field, 'several-objects', `${end.qualifiedName} leads to one object; here are ${ids.length}.`);
    }
    for (const target of ids) this.#references.push({ path, field, target, end });
    return ids;
  }

  #report(
    path: string,
    field: CsvField,
    problem: string,
    message: string,
    severity: Diagnostic['severity'] = 'error',
  ): void {
    const at = `Line ${field.line}, column ${field.column}: `;
    this.#diagnostics.push({
      code: `demo/${problem}`,
      severity,
      message: at + message,
      document: path,
      path: [field.line, field.column],
    });
  }
}
