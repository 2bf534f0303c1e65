import { compileFlow } from '@skerry/shared/flow/compile';
import type { FlowProgram } from '@skerry/shared/flow/program';
import type { Model, ModelDocument } from '@skerry/shared/metamodel/model';

/** A microflow made ready, or why it cannot run, in words. */
export type Program = { readonly program: FlowProgram } | { readonly problem: string };

/** What a flow compiles to depends on all it names, so programs are kept with their model. */
const compiled = new WeakMap<Model, Map<string, Program>>();

/** By qualified name; undefined when there is no such microflow. */
export function microflowProgram(model: Model, name: string): Program | undefined {
  const document = model.find('microflow', name);
  return document && programOf(model, document);
}

export function microflowById(model: Model, id: string): Program | undefined {
  const document = [...model.all('microflow').values()].find(({ content }) => content.id === id);
  return document && programOf(model, document);
}

function programOf(model: Model, document: ModelDocument<'microflow'>): Program {
  const programs = compiled.get(model) ?? new Map<string, Program>();
  compiled.set(model, programs);
  let program = programs.get(document.qualifiedName);
  if (!program) {
    const result = compileFlow(document, model);
    program = result.ok
      ? { program: result.value }
      : { problem: result.error[0]?.message ?? `${document.qualifiedName} has errors.` };
    programs.set(document.qualifiedName, program);
  }
  return program;
}
