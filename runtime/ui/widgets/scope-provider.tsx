import type { ObjectValue } from '@skerry/shared/expression/value';
import { type ReactNode, useMemo } from 'react';
import { ScopeContext, useScope } from '../app-context.ts';

/** Makes an object the context of what stands inside. */
export function ObjectScope({
  object,
  readOnly = false,
  children,
}: {
  readonly object: ObjectValue;
  readonly readOnly?: boolean;
  readonly children: ReactNode;
}) {
  const outer = useScope();
  const { entity, id } = object;
  const scope = useMemo(
    () => ({
      variables: new Map([...outer.variables, ['currentObject', { kind: 'object', entity, id } as ObjectValue]]),
      entity,
      readOnly: outer.readOnly || readOnly,
    }),
    [outer, entity, id, readOnly],
  );
  return <ScopeContext value={scope}>{children}</ScopeContext>;
}
