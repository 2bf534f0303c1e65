import { type CellType, fromCell } from '@skerry/shared/expression/convert';
import type { Session } from '@skerry/shared/expression/session';
import type { Value } from '@skerry/shared/expression/value';
import type { RunningApp } from './running-app.ts';

/** Variables that are in scope everywhere. */
export function standing(name: string, session: Session): Value | undefined {
  if (name === 'currentUser') {
    return session.user === null ? null : { kind: 'object', entity: session.userEntity, id: session.user };
  }
  if (name === 'currentDeviceType') return 'Phone';
  return undefined;
}

export function constantValue(app: RunningApp, name: string): Value {
  const constant = app.bundle.model.find('constant', name)?.content;
  if (!constant) return null;
  const type: CellType = { kind: constant.type };
  switch (constant.type) {
    case 'Integer':
      return fromCell(Number(constant.value), type);
    case 'Boolean':
      return fromCell(constant.value === 'true', type);
    case 'DateTime':
      return fromCell(Date.parse(constant.value), type);
    default:
      return fromCell(constant.value, type);
  }
}
