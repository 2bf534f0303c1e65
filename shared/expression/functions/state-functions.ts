import type { ObjectStatus } from '../environment.ts';
import { BOOLEAN } from '../type.ts';
import type { ObjectValue } from '../value.ts';
import type { FunctionEntry } from './function-entry.ts';

export const STATE_FUNCTIONS: readonly FunctionEntry[] = [
  {
    name: 'not',
    signature: 'not(condition)',
    parameters: ['boolean'],
    takesEmpty: true,
    isFilled: true,
    result: BOOLEAN,
    documentation: 'True when the condition is false or empty.',
    call: ([value]) => value !== true,
  },
  status('isNew', 'Whether the object has never been committed.'),
  status('isSynced', 'Whether all of the object has reached the service.'),
  status('hasConflict', 'Whether a change of the object waits for somebody to decide.'),
  {
    ...status('isSyncing', 'Whether the object, or anything at all, is being synchronised now.'),
    signature: 'isSyncing(object?)',
    required: 0,
  },
];

function status(name: ObjectStatus, documentation: string): FunctionEntry {
  return {
    name,
    documentation,
    signature: `${name}(object)`,
    parameters: ['object'],
    result: BOOLEAN,
    call: ([object], environment) => environment.status((object as ObjectValue | undefined) ?? null, name),
  };
}
