import { isDecimal, parseDecimalText } from '../expression/decimal.ts';
import { fixedLengthMs, isLengthToken, isMomentToken, LENGTH_TOKENS, MOMENT_TOKENS } from '../expression/moment.ts';
import { suggestion } from '../expression/nearest.ts';
import { DATE_TIME, DECIMAL, describeType, INTEGER, LONG, STRING, type Type } from '../expression/type.ts';
import { userRoleObjectId } from '../expression/user-role.ts';
import type { Operand } from './ast.ts';
import { type CheckFilter, checkPath, checkVariablePath } from './check-path.ts';
import type { Findings } from './findings.ts';
import { CONSTRAINT_FUNCTIONS } from './functions.ts';
import { BROKEN, comparisonTypeOf, type Judged } from './judged.ts';
import type { ResolvedValue } from './resolved.ts';

type OperandOf<K extends Operand['kind']> = Extract<Operand, { readonly kind: K }>;

/** What an operand is, for an object of `entity`. */
export function checkOperand(operand: Operand, entity: string, findings: Findings, checkFilter: CheckFilter): Judged {
  switch (operand.kind) {
    case 'path':
      return checkPath(operand.segments, entity, findings, checkFilter);
    case 'variable':
      return checkVariable(operand, findings);
    case 'text':
      return { kind: 'text', text: operand.value };
    case 'number':
      return checkNumber(operand, findings);
    case 'boolean':
      return { kind: 'condition', condition: { kind: 'always', value: operand.value } };
    case 'empty':
      return { kind: 'empty' };
    case 'token':
      return checkToken(operand, findings);
    case 'value':
      return checkEnumerationValue(operand, findings);
    case 'constant':
      return checkConstant(operand, findings);
    case 'call':
      return checkCall(operand, entity, findings, checkFilter);
    case 'hole':
      return BROKEN;
  }
}

/** A value where a value of `type` is wanted; null, with a diagnostic, when it is none. */
export function asValue(judged: Judged, type: Type, operand: Operand, findings: Findings): ResolvedValue | null {
  if (judged.kind === 'broken') return null;
  if (judged.kind === 'text' && type.kind === 'String') return { kind: 'literal', value: judged.text, type: 'text' };
  if (judged.kind === 'value' && judged.type.kind === type.kind) return judged.value;
  findings.error('type-mismatch', `Expected ${describeType(type)}, found ${describeJudged(judged)}.`, operand.span);
  return null;
}

export function describeJudged(judged: Judged): string {
  switch (judged.kind) {
    case 'value':
      return describeType(judged.type);
    case 'objects':
      return `objects of ${judged.entity}`;
    case 'text':
      return 'a text';
    case 'condition':
      return 'Boolean';
    case 'empty':
      return 'empty';
    case 'broken':
      return 'something unknown';
  }
}

function checkVariable(operand: OperandOf<'variable'>, findings: Findings): Judged {
  const { name } = operand;
  const type = findings.variables.get(name);
  if (!type) {
    if (name !== '')
      findings.error(
        'unknown-variable',
        `There is no variable $${name} here.${suggestion(name, findings.variables.keys())}`,
        operand.nameSpan,
      );
    return BROKEN;
  }
  findings.refer({ kind: 'variable', name, span: operand.nameSpan });
  if (type.kind === 'Unknown') return BROKEN;
  if (operand.segments.length > 0) {
    if (type.kind === 'Object') return checkVariablePath(name, operand.segments, type.entity, findings);
    findings.error('not-an-object', `$${name} is ${describeType(type)}; only an object has members.`, operand.span);
    return BROKEN;
  }
  if (type.kind === 'Object' || type.kind === 'List') {
    return {
      kind: 'objects',
      objects: name === 'currentUser' ? { kind: 'user' } : { kind: 'variable', name, steps: [] },
      entity: type.entity,
    };
  }
  const comparison = comparisonTypeOf(type);
  if (!comparison) {
    findings.error(
      'type-mismatch',
      `$${name} is ${describeType(type)}, which a constraint cannot compare.`,
      operand.span,
    );
    return BROKEN;
  }
  return { kind: 'value', value: { kind: 'variable', name, steps: [], type: comparison }, type };
}

function checkNumber(operand: OperandOf<'number'>, findings: Findings): Judged {
  const { text, span } = operand;
  if (!text.includes('.')) {
    const value = BigInt(text);
    if (BigInt.asIntN(32, value) === value)
      return { kind: 'value', value: { kind: 'literal', value: Number(value), type: 'integer' }, type: INTEGER };
    if (BigInt.asIntN(64, value) === value)
      return { kind: 'value', value: { kind: 'literal', value: value.toString(), type: 'long' }, type: LONG };
  }
  const decimal = parseDecimalText(text);
  if (!isDecimal(decimal)) {
    findings.error('number-too-large', `${text} has more than 20 digits before the point.`, span);
    return BROKEN;
  }
  return {
    kind: 'value',
    value: { kind: 'literal', value: decimal.eq(0) ? '0' : decimal.toFixed(), type: 'decimal' },
    type: DECIMAL,
  };
}

const ROLE_PREFIX = 'UserRole_';

function checkToken(operand: OperandOf<'token'>, findings: Findings): Judged {
  const { name, terms, span } = operand;
  const wrongLength = terms.find((term) => !isLengthToken(term.length));
  if (wrongLength) {
    findings.error(
      'unknown-token',
      `[%${wrongLength.length}%] is no length.${suggestion(wrongLength.length, LENGTH_TOKENS)}`,
      span,
    );
    return BROKEN;
  }
  if (isMomentToken(name))
    return {
      kind: 'value',
      value: { kind: 'moment', token: name, terms, wallClock: false, type: 'dateTime' },
      type: DATE_TIME,
    };
  if (terms.length > 0) {
    findings.error('misplaced-term', `Lengths are added to moments only, and [%${name}%] is none.`, span);
    return BROKEN;
  }
  if (name === 'CurrentUser') return { kind: 'objects', objects: { kind: 'user' }, entity: 'System.User' };
  if (name === 'CurrentObject') return checkCurrentObject(operand, findings);
  if (name.startsWith(ROLE_PREFIX)) return checkRole(name.slice(ROLE_PREFIX.length), operand, findings);
  const length = fixedLengthMs(name);
  if (length !== undefined)
    return { kind: 'value', value: { kind: 'literal', value: String(length), type: 'long' }, type: LONG };
  const known = ['CurrentUser', 'CurrentObject', ...MOMENT_TOKENS, ...LENGTH_TOKENS];
  const why = isLengthToken(name)
    ? `[%${name}%] is not the same everywhere: it can only be added to a moment.`
    : `There is no token [%${name}%].${suggestion(name, known)}`;
  findings.error('unknown-token', why, span);
  return BROKEN;
}

function checkCurrentObject(operand: OperandOf<'token'>, findings: Findings): Judged {
  const type = findings.variables.get('currentObject');
  if (type?.kind !== 'Object') {
    findings.error('unknown-variable', 'There is no current object here.', operand.span);
    return BROKEN;
  }
  return { kind: 'objects', objects: { kind: 'variable', name: 'currentObject', steps: [] }, entity: type.entity };
}

function checkRole(name: string, operand: OperandOf<'token'>, findings: Findings): Judged {
  const roles = findings.view.model.security.userRoles;
  const role = roles.find((candidate) => candidate.name === name);
  if (!role) {
    findings.error(
      'unknown-user-role',
      `There is no user role "${name}".${suggestion(
        name,
        roles.map((candidate) => candidate.name),
      )}`,
      operand.span,
    );
    return BROKEN;
  }
  findings.refer({ kind: 'userRole', name, id: role.id, span: operand.span });
  return { kind: 'objects', objects: { kind: 'object', id: userRoleObjectId(role.id) }, entity: 'System.UserRole' };
}

function checkEnumerationValue(operand: OperandOf<'value'>, findings: Findings): Judged {
  const [module, enumeration, valueName] = operand.name.split('.');
  const qualified = `${module}.${enumeration}`;
  const found = findings.view.model.find('enumeration', qualified);
  if (!found) {
    const names = [...findings.view.model.all('enumeration').keys()];
    findings.error(
      'unknown-enumeration',
      `There is no enumeration ${qualified}.${suggestion(qualified, names)}`,
      operand.span,
    );
    return BROKEN;
  }
  const value = found.content.values.find((candidate) => candidate.name === valueName);
  if (!value) {
    const names = found.content.values.map((candidate) => candidate.name);
    findings.error(
      'unknown-enumeration-value',
      `${qualified} has no value "${valueName}".${suggestion(valueName!, names)}`,
      operand.span,
    );
    return BROKEN;
  }
  findings.refer({ kind: 'enumerationValue', name: operand.name, id: value.id, span: operand.span });
  return {
    kind: 'value',
    value: { kind: 'literal', value: value.id, type: 'enumeration' },
    type: { kind: 'Enumeration', enumeration: qualified },
  };
}

function checkConstant(operand: OperandOf<'constant'>, findings: Findings): Judged {
  if (operand.name === '') return BROKEN;
  const constant = findings.view.model.find('constant', operand.name);
  if (!constant) {
    const names = [...findings.view.model.all('constant').keys()];
    findings.error(
      'unknown-constant',
      `There is no constant ${operand.name}.${suggestion(operand.name, names)}`,
      operand.span,
    );
    return BROKEN;
  }
  findings.refer({ kind: 'constant', name: operand.name, id: constant.content.id, span: operand.span });
  const type: Type = { kind: constant.content.type };
  return { kind: 'value', value: { kind: 'constant', name: operand.name, type: comparisonTypeOf(type)! }, type };
}

function checkCall(operand: OperandOf<'call'>, entity: string, findings: Findings, checkFilter: CheckFilter): Judged {
  const known = CONSTRAINT_FUNCTIONS.get(operand.name);
  if (!known) {
    findings.error(
      'unknown-function',
      `There is no function "${operand.name}" in constraints.${suggestion(operand.name, CONSTRAINT_FUNCTIONS.keys())}`,
      operand.nameSpan,
    );
    return BROKEN;
  }
  findings.refer({ kind: 'function', name: operand.name, span: operand.nameSpan });
  const [first, second] = operand.arguments;
  const [fewest, most] = known.kind === 'match' ? [2, 2] : known.kind === 'length' ? [1, 1] : [1, 2];
  if (operand.arguments.length < fewest || operand.arguments.length > most) {
    findings.error(
      'wrong-arity',
      `${known.signature} takes ${fewest === most ? fewest : `${fewest} or ${most}`} arguments; here are ${operand.arguments.length}.`,
      operand.span,
    );
    return BROKEN;
  }
  const argument = checkOperand(first!, entity, findings, checkFilter);
  if (known.kind === 'length') {
    const value = asValue(argument, STRING, first!, findings);
    return value ? { kind: 'value', value: { kind: 'length', value, type: 'integer' }, type: INTEGER } : BROKEN;
  }
  if (known.kind === 'match') {
    const value = asValue(argument, STRING, first!, findings);
    const search = asValue(checkOperand(second!, entity, findings, checkFilter), STRING, second!, findings);
    return value && search
      ? { kind: 'condition', condition: { kind: 'match', how: known.how, value, search } }
      : BROKEN;
  }
  const value = asValue(argument, DATE_TIME, first!, findings);
  if (second && second.kind !== 'text') {
    findings.error(
      'zone-not-a-text',
      "The zone is a text in quotes: 'UTC' or a name like 'Europe/Lisbon'.",
      second.span,
    );
    return BROKEN;
  }
  if (!value) return BROKEN;
  const isWallClock = argument.kind === 'value' && argument.wallClock === true;
  const zone = isWallClock ? 'UTC' : (second?.value ?? null);
  return { kind: 'value', value: { kind: 'datePart', part: known.part, value, zone, type: 'integer' }, type: INTEGER };
}
