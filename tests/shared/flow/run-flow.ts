import type { JsonObject } from '@skerry/shared/base/json';
import type { Value } from '@skerry/shared/expression/value';
import { driveFlow } from '@skerry/shared/flow/drive';
import type { Values } from '@skerry/shared/flow/effect';
import { anItem, chain, compiled, integer, items, MemoryHost, parameter, type TestNode } from './flow-world.ts';

/** The flow's value, or its error. */
export async function run(flow: JsonObject, given: Values = {}, host = new MemoryHost()) {
  const outcome = await driveFlow(compiled(flow), given, host);
  return outcome.ok ? outcome.value : outcome.error;
}

/** What one expression over parameters and activities gives. */
export async function result(
  activities: readonly TestNode[],
  text: string,
  type: JsonObject,
  given: Values = {},
  host = new MemoryHost(),
): Promise<Value> {
  const parameters = Object.keys(given).map((name) => parameter(name, typeOf(given[name] ?? null), false));
  return (await run(chain(activities, { parameters, returnType: type }, text), given, host)) as Value;
}

export function typeOf(value: Value): JsonObject {
  if (typeof value === 'number') return integer;
  return value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'list' ? items : anItem;
}
