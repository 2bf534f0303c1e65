import { type Fault, userFault } from '@skerry/shared/base/fault';
import { err, ok, type Result } from '@skerry/shared/base/result';
import { z } from '@skerry/shared/protocol/common';
import { type Scenario, STEP_SCHEMAS, type Step, type StepKind, scenarioHead } from './scenario.ts';

/** One thing that is wrong with a scenario. `step` counts from 1. */
export interface ScenarioProblem {
  readonly code: string;
  readonly step?: number;
  readonly field?: string;
  readonly message: string;
}

/**
 * A scenario from its text. Problems have the codes `scenario/not-json`, `scenario/invalid` (a field is wrong, missing
 * or unknown), `scenario/unknown-step`, `scenario/unknown-device`, `scenario/device-twice`,
 * `scenario/unknown-name` and `scenario/no-sense` (fields that say nothing together).
 */
export function readScenario(content: string): Result<Scenario, readonly ScenarioProblem[]> {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    return err([{ code: 'scenario/not-json', message: `The file is no JSON: ${(error as Error).message}` }]);
  }
  const head = z.safeParse(scenarioHead, json);
  if (!head.success) return err(problemsOf(head.error, undefined));
  const problems: ScenarioProblem[] = [];
  const steps: Step[] = [];
  head.data.steps.forEach((given, at) => {
    const read = readStep(given, at + 1);
    if (read.ok) steps.push(read.value);
    else problems.push(...read.error);
  });
  if (problems.length === 0)
    problems.push(...checkDevices(head.data.devices, steps), ...checkNames(steps), ...checkSense(steps));
  return problems.length > 0 ? err(problems) : ok({ ...head.data, steps });
}

/** All problems as one fault, for the command line. */
export function scenarioFault(path: string, problems: readonly ScenarioProblem[]): Fault {
  const lines = problems.map(({ step, field, message, code }) => {
    const place = [step === undefined ? '' : `step ${step}`, field ?? ''].filter((part) => part !== '').join(', ');
    return `\n  ${place === '' ? '' : `${place}: `}${message} (${code})`;
  });
  return userFault(problems[0]?.code ?? 'scenario/invalid', `${path} cannot be run. Correct these:${lines.join('')}`, {
    problems,
  });
}

function readStep(given: unknown, step: number): Result<Step, readonly ScenarioProblem[]> {
  const kind = given !== null && typeof given === 'object' && 'do' in given ? given.do : undefined;
  const kinds = Object.keys(STEP_SCHEMAS);
  if (typeof kind !== 'string' || !kinds.includes(kind)) {
    const what = kind === undefined ? 'The step does not say what to do.' : `There is no step ${JSON.stringify(kind)}.`;
    return err([
      { code: 'scenario/unknown-step', step, field: 'do', message: `${what} Choose one of ${kinds.join(', ')}.` },
    ]);
  }
  const parsed = z.safeParse(STEP_SCHEMAS[kind as StepKind], given);
  return parsed.success ? ok(parsed.data as Step) : err(problemsOf(parsed.error, step));
}

function problemsOf(error: z.core.$ZodError, step: number | undefined): ScenarioProblem[] {
  return error.issues.map((issue) => {
    const field = issue.path.map(String).join('.');
    return {
      code: 'scenario/invalid',
      ...(step === undefined ? {} : { step }),
      ...(field ? { field } : {}),
      message: sentence(issue),
    };
  });
}

/** What an issue of a schema means to whoever wrote the file. */
function sentence(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `It is missing; give ${aWord(issue.expected)}.`
        : `Give ${aWord(issue.expected)}.`;
    case 'unrecognized_keys':
      return `${issue.keys.join(', ')} ${issue.keys.length === 1 ? 'is no field' : 'are no fields'} of it. Remove or correct.`;
    case 'invalid_value':
      return `It must be ${issue.values.map((one) => JSON.stringify(one)).join(' or ')}.`;
    case 'invalid_format':
      return `It is not written as ${'pattern' in issue ? String(issue.pattern) : issue.format} asks.`;
    case 'too_small':
      return `It must be at least ${issue.minimum}${issue.origin === 'array' ? ' entries long' : ''}.`;
    case 'too_big':
      return `It must be at most ${issue.maximum}.`;
    default:
      return 'It has none of the shapes that are allowed here.';
  }
}

function aWord(expected: string): string {
  const words: { readonly [type: string]: string } = {
    int: 'a whole number',
    array: 'a list',
    object: 'an object',
    record: 'an object',
  };
  return words[expected] ?? `a ${expected}`;
}

function checkDevices(devices: Scenario['devices'], steps: readonly Step[]): ScenarioProblem[] {
  const problems: ScenarioProblem[] = [];
  const names = new Set<string>();
  for (const { name } of devices) {
    if (names.has(name))
      problems.push({ code: 'scenario/device-twice', field: 'devices', message: `There are two devices ${name}.` });
    names.add(name);
  }
  steps.forEach((step, at) => {
    if (!('device' in step) || names.has(step.device)) return;
    const message = `There is no device ${step.device}. Devices: ${[...names].join(', ')}.`;
    problems.push({ code: 'scenario/unknown-device', step: at + 1, field: 'device', message });
  });
  return problems;
}

/** Objects are named before they are spoken of. */
function checkNames(steps: readonly Step[]): ScenarioProblem[] {
  const problems: ScenarioProblem[] = [];
  const named = new Set<string>();
  steps.forEach((step, at) => {
    for (const [field, name] of mentions(step)) {
      if (named.has(name)) continue;
      const message = `No earlier step names an object ${name}. Name it with "as".`;
      problems.push({ code: 'scenario/unknown-name', step: at + 1, field, message });
    }
    if ('as' in step && step.as !== undefined) named.add(step.as);
  });
  return problems;
}

const ASKED = ['entity', 'object', 'pending', 'inbox', 'bundleVersion'] as const;
const ASKED_OF_OBJECTS = ['count', 'values', 'withheld', 'fileBytes'] as const;

/** A check that cannot fail, and points in time of nothing. */
function checkSense(steps: readonly Step[]): ScenarioProblem[] {
  return steps.flatMap((step, at): ScenarioProblem[] => {
    const wrong = (field: string, message: string) => [{ code: 'scenario/no-sense', step: at + 1, field, message }];
    if (step.do === 'kill' && step.when && !step.during)
      return wrong('when', 'Say with "during" what it is a moment of.');
    if (step.do === 'attachFile' && step.file && step.bytes)
      return wrong('bytes', 'Give either a file or a number of bytes.');
    if (step.do !== 'expect') return [];
    if (ASKED.every((key) => step[key] === undefined))
      return wrong('do', `It expects nothing. Give one of ${ASKED.join(', ')}.`);
    const asksObjects = ASKED_OF_OBJECTS.some((key) => step[key] !== undefined);
    const namesObjects = step.entity !== undefined || step.object !== undefined;
    if (namesObjects === asksObjects) return [];
    return asksObjects
      ? wrong('entity', 'Say with "entity" or "object" which objects are meant.')
      : wrong(
          step.object === undefined ? 'entity' : 'object',
          `Say with ${ASKED_OF_OBJECTS.join(', ')} what is expected of it.`,
        );
  });
}

function mentions(step: Step): [field: string, name: string][] {
  const found: [string, string][] = [];
  if ('object' in step && step.object !== undefined) found.push(['object', step.object.replace(/^\$/, '')]);
  for (const field of ['set', 'values', 'arguments'] as const) {
    const values: unknown = Reflect.get(step, field);
    if (values === null || typeof values !== 'object') continue;
    for (const [member, value] of Object.entries(values)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        const name = typeof one === 'string' ? objectName(one) : null;
        if (name !== null) found.push([`${field}.${member}`, name]);
      }
    }
  }
  return found;
}

/** The object's name in `$name`; null for a plain text. */
export function objectName(text: string): string | null {
  return text.startsWith('$') && !text.startsWith('$$') ? text.slice(1) : null;
}
