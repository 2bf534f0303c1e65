import type { Span } from '../base/diagnostic.ts';
import type { DocumentFacts, Edge, LinkUse, MemberUse, NodeKind, ObjectUse, Place, Use } from './facts.ts';
import { entityRef, type TypeRef } from './type-ref.ts';

/** One name of a path as both languages and member paths write it. */
export interface Step {
  readonly name: string;
  readonly span?: Span;
}

/** Gathers the facts of one document. */
export class FactCollector {
  readonly #edges: Edge[] = [];
  readonly #uses: Use[] = [];
  readonly #members: MemberUse[] = [];
  readonly #links: LinkUse[] = [];
  readonly #objects: ObjectUse[] = [];

  facts(): DocumentFacts {
    return {
      edges: this.#edges,
      uses: this.#uses,
      members: this.#members,
      links: this.#links,
      objects: this.#objects,
    };
  }

  edge(to: NodeKind, name: string | undefined, place: Place): void {
    if (name) this.#edges.push({ to, name, key: `${to}:${name}`, place });
  }

  source(type: TypeRef, verb: string, place: Place, constraint?: string): void {
    this.#uses.push({ type, how: 'source', verb, place, ...(constraint === undefined ? {} : { constraint }) });
  }

  local(type: TypeRef, verb: string, place: Place): void {
    this.#uses.push({ type, how: 'local', verb, place });
  }

  object(type: TypeRef, operation: ObjectUse['operation'], place: Place): void {
    this.#objects.push({ type, operation, place });
  }

  reads(of: TypeRef, member: string, place: Place): void {
    this.#members.push({ of, member, access: 'read', place });
  }

  writes(of: TypeRef, member: string, place: Place): void {
    this.#members.push({ of, member, access: 'write', place });
  }

  /**
   * A path from `start`: associations and entities carry a dot, the attribute at the end does not. Every association
   * passed needs its far end's rows (SC3) and both ends in scope (SC7).
   *
   * @returns what the last association reached, or `start`
   */
  path(start: TypeRef, steps: readonly Step[], place: Place): TypeRef {
    let at = start;
    for (let index = 0; index < steps.length; index++) {
      const { name, span } = steps[index] as Step;
      const here = span ? { ...place, span } : place;
      if (!name.includes('.')) {
        if (name !== '' && name !== 'id') this.reads(at, name, here);
        continue;
      }
      this.#links.push({ association: name, of: at, place: here });
      this.reads(at, name, here);
      const next = steps[index + 1];
      const far: TypeRef = { kind: 'far', association: name, from: at };
      at = next?.name.includes('.') ? entityRef(next.name) : far;
      if (next?.name.includes('.')) index++;
      this.source(at, `over:${name}`, here);
    }
    return at;
  }

  /** A member path of the metamodel: `Status`, or `Field.Inspection_Site/Field.Site/Name`. */
  memberPath(start: TypeRef, text: string, place: Place): TypeRef {
    const names = text.split('/').filter((name) => name !== '');
    return this.path(
      start,
      names.map((name) => ({ name })),
      place,
    );
  }
}
