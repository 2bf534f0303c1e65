import type { FlowProgram, Operation } from '@skerry/shared/flow/program';

/**
 * Whether a nanoflow writes objects, itself or through others it calls. A flow this device has no program of, or what
 * stands outside of programs (an action's script, a microflow on the service), may do anything, and counts as writing.
 */
export function writesObjects(programs: ReadonlyMap<string, FlowProgram>, name: string): boolean {
  const seen = new Set<string>();
  const writes = (flow: string): boolean => {
    if (seen.has(flow)) return false;
    seen.add(flow);
    const program = programs.get(flow);
    return program === undefined || program.operations.some(isWriting);
  };
  const isWriting = (operation: Operation): boolean => {
    switch (operation.kind) {
      case 'commit':
      case 'callMicroflow':
      case 'callAction':
      case 'opaque':
        return true;
      case 'createObject':
      case 'changeObject':
        return operation.commit;
      case 'callNanoflow':
        return writes(operation.target.name);
      default:
        return false;
    }
  };
  return writes(name);
}
