import type { Cell } from '@skerry/shared/base/cell';
import type { ObjectId } from '@skerry/shared/base/ids';
import type { ObjectValue } from '@skerry/shared/expression/value';
import { type AttributeMember, domainView } from '@skerry/shared/metamodel/domain-view';
import { useCallback, useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import type { ObjectSnapshot } from '../../../engine/device-face.ts';
import { feedbackKey, useApp, useCached, usePage, useScope } from '../../app-context.ts';
import { attributeAt } from '../../data/evaluation.ts';
import { isObject } from '../../data/use-source.ts';
import type { Editable } from './field.tsx';

const HOLD_BACK_MS = 250;

export interface MemberField extends Editable {
  /** Null while the object is loading, gone, or not readable. */
  readonly snapshot: ObjectSnapshot | null;
  /** Undefined when the path leads to no attribute, or the user may not read it. */
  readonly attribute: AttributeMember | undefined;
  readonly cell: Cell;
  /** Shows at once and is handed to the engine a moment later, or when an action runs. */
  set(cell: Cell): void;
  /** Hands over what is held back. */
  flush(): Promise<void>;
}

/** An attribute of the context object as an input needs it. Attributes over associations can be read only. */
export function useMember(path: string, editable: boolean): MemberField {
  const { cache, content } = useApp();
  const page = usePage();
  const { variables } = useScope();
  const context = variables.get('currentObject');
  const object = isObject(context) ? context : null;
  const name = path.split('/').at(-1) ?? path;
  const own = !path.includes('/');
  const holder = useCached(() => {
    const at = object ? reach(object, path, content, cache) : null;
    return at ? (cache.get(at) ?? null) : null;
  });
  const snapshot = holder.ready ? holder.value : null;
  const attribute = object ? attributeAt(content, object.entity, path) : undefined;
  const feedback = useSyncExternalStore(page.subscribe, page.feedback);
  const [held, setHeld] = useState<{ readonly cell: Cell } | null>(null);
  const { change, flush } = useHeldBack(snapshot, name, () => setHeld(null));

  const stored = snapshot?.values[name] ?? null;
  const view = domainView(content.model);
  const required = view
    .lineage(object?.entity ?? '')
    .some((entity) =>
      view.entity(entity)?.validationRules.some((rule) => rule.kind === 'required' && rule.attribute === name),
    );
  return {
    snapshot,
    attribute,
    cell: held ? held.cell : stored,
    writable: editable && own && (snapshot?.writable.includes(name) ?? false),
    required: own && required,
    pending: snapshot?.isPending ?? false,
    error: snapshot ? (feedback.get(feedbackKey(snapshot.id, name)) ?? null) : null,
    set(cell) {
      setHeld({ cell });
      if (snapshot) page.clearFeedback(snapshot.id, name);
      change(cell);
    },
    flush,
  };
}

/** Object at which a path over single associations ends, before its attribute. */
function reach(
  object: ObjectValue,
  path: string,
  content: ReturnType<typeof useApp>['content'],
  cache: ReturnType<typeof useApp>['cache'],
): ObjectId | null {
  const parts = path.split('/');
  const view = domainView(content.model);
  let at: { readonly id: ObjectId; readonly entity: string } | undefined = object;
  for (let i = 0; i + 1 < parts.length && at; i += 2) {
    const association = parts[i] as string;
    const end = view.step(at.entity, association);
    const target: unknown =
      end?.direction === 'forward'
        ? cache.get(at.id)?.values[association]
        : cache.follow(at.id, association, undefined, true)[0];
    at = typeof target === 'string' ? cache.get(target as ObjectId) : undefined;
  }
  return at?.id ?? null;
}

function useHeldBack(snapshot: ObjectSnapshot | null, member: string, onHandedOver: () => void) {
  const { device, cache, shell } = useApp();
  const page = usePage();
  const id = useId();
  const object = snapshot?.id ?? null;
  const present = useRef(snapshot);
  present.current = snapshot;
  const waiting = useRef<{ readonly cell: Cell; timer: ReturnType<typeof setTimeout> } | null>(null);
  const handing = useRef<Promise<void>>(Promise.resolve());
  const handedOver = useRef(onHandedOver);
  handedOver.current = onHandedOver;

  const handOver = useCallback(async () => {
    const held = waiting.current;
    if (!held || !object) return;
    waiting.current = null;
    clearTimeout(held.timer);
    const before = present.current;
    const outcome = await device.change(object, { [member]: held.cell });
    if (outcome.ok) {
      if (before) page.noteEdit(before, member);
      cache.put([outcome.value]);
    } else {
      page.setFeedback([{ object, member, message: outcome.error.message }]);
      shell.toast('error', outcome.error.message);
    }
    if (waiting.current) return;
    page.holding.delete(id);
    handedOver.current();
  }, [device, cache, page, shell, id, object, member]);

  // An action that follows must see what an earlier flush is still handing over, too.
  const flush = useCallback(() => {
    handing.current = handing.current.then(handOver);
    return handing.current;
  }, [handOver]);

  useEffect(() => {
    page.flushes.add(flush);
    return () => {
      page.flushes.delete(flush);
      // Leaving the page must not lose what was typed a moment ago.
      void flush();
    };
  }, [page, flush]);

  const change = useCallback(
    (cell: Cell) => {
      if (waiting.current) clearTimeout(waiting.current.timer);
      page.holding.add(id);
      waiting.current = { cell, timer: setTimeout(() => void flush(), HOLD_BACK_MS) };
    },
    [page, id, flush],
  );
  return { change, flush };
}
