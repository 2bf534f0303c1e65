import type { ElementId } from '@skerry/shared/base/ids';
import type { Expression } from '@skerry/shared/expression/ast';
import { checkExpression } from '@skerry/shared/expression/check';
import { parseExpression } from '@skerry/shared/expression/parse';
import { typeOfAttribute } from '@skerry/shared/expression/type';
import type { DomainView } from '@skerry/shared/metamodel/domain-view';
import type { AttributeType } from '@skerry/shared/metamodel/entity';

/** An attribute whose value is an expression over its object. */
export interface CalculatedAttribute {
  readonly id: ElementId;
  readonly name: string;
  readonly type: AttributeType;
  readonly text: string;
  readonly expression: Expression;
  /** Whether it reads other objects: their changes do not reach it, only the next write of its own object does. */
  readonly readsOthers: boolean;
}

/** Of the entity, inherited ones included. One whose expression does not check is left out; publishing names it. */
export function calculatedAttributes(view: DomainView, entity: string): readonly CalculatedAttribute[] {
  return [...view.attributes(entity).values()].flatMap(({ id, name, type, attribute }): CalculatedAttribute[] => {
    if (attribute?.calculatedBy?.kind !== 'expression') return [];
    const { expression: text } = attribute.calculatedBy;
    const checked = checkCalculation(view, entity, text, type);
    if (!checked) return [];
    return [{ id, name, type, text, ...checked }];
  });
}

/** Null when the expression has errors. */
export function checkCalculation(view: DomainView, entity: string, text: string, type: AttributeType) {
  const parsed = parseExpression(text);
  const expects = typeOfAttribute(type);
  const checked = checkExpression(parsed.tree, {
    view,
    variables: new Map([['currentObject', { kind: 'Object', entity }]]),
    ...(expects ? { expects } : {}),
  });
  const isWrong = [...parsed.diagnostics, ...checked.diagnostics].some((one) => one.severity === 'error');
  return isWrong
    ? null
    : {
        expression: checked.tree,
        readsOthers: checked.dependencies.some((one) => one.steps.length > 0 || one.variable !== 'currentObject'),
      };
}
