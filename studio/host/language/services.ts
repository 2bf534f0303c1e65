import { completeConstraint, signatureInConstraint } from '@skerry/shared/constraint/services/complete';
import { constraintReference, hoverConstraint } from '@skerry/shared/constraint/services/meaning';
import type { Signature } from '@skerry/shared/expression/services/caret';
import { completeExpression } from '@skerry/shared/expression/services/complete';
import { type Completion, nothingAt } from '@skerry/shared/expression/services/item';
import {
  type Definition,
  definitionOf,
  expressionReference,
  type Hover,
  hoverExpression,
  signatureInExpression,
} from '@skerry/shared/expression/services/meaning';
import {
  completeMemberPath,
  hoverMemberPath,
  memberPathReference,
} from '@skerry/shared/expression/services/member-path';
import { completeTemplate } from '@skerry/shared/expression/services/template';
import type { TextPlace } from '@skerry/shared/validation/text-place';

/** What can be asked of a text at one place. Offsets are UTF-16. */
export interface TextServices {
  complete(text: string, offset: number): Completion;
  hover(text: string, offset: number): Hover | null;
  /** @param document path of the document that the text stands in, where its variables are made */
  definition(text: string, offset: number, document: string): Definition | null;
  signature(text: string, offset: number): Signature | null;
}

export function servicesOf(place: TextPlace): TextServices {
  const { view, variables, entity, expects, madeBy } = place;
  const variableAt = (document: string) => (name: string) => {
    const element = madeBy(name);
    return element ? { document, element } : undefined;
  };
  switch (place.language) {
    case 'expression': {
      const context = { view, variables, ...(expects ? { expects } : {}) };
      return {
        complete: (text, offset) => completeExpression(text, offset, context),
        hover: (text, offset) => hoverExpression(text, offset, context),
        definition: (text, offset, document) => {
          const reference = expressionReference(text, offset, context);
          return reference ? definitionOf(reference, view, variableAt(document)) : null;
        },
        signature: signatureInExpression,
      };
    }
    case 'constraint': {
      const context = { view, variables, entity: entity ?? '' };
      return {
        complete: (text, offset) => completeConstraint(text, offset, context),
        hover: (text, offset) => hoverConstraint(text, offset, context),
        definition: (text, offset, document) => {
          const reference = constraintReference(text, offset, context);
          return reference ? definitionOf(reference, view, variableAt(document)) : null;
        },
        signature: signatureInConstraint,
      };
    }
    case 'memberPath': {
      if (!entity) return NOTHING;
      return {
        complete: (text, offset) => completeMemberPath(text, offset, entity, view),
        hover: (text, offset) => hoverMemberPath(text, offset, entity, view),
        definition: (text, offset, document) => {
          const reference = memberPathReference(text, offset, entity, view);
          return reference ? definitionOf(reference, view, variableAt(document)) : null;
        },
        signature: () => null,
      };
    }
    case 'template':
      return { ...NOTHING, complete: (text, offset) => completeTemplate(text, offset, place.parameters) };
  }
}

const NOTHING: TextServices = {
  complete: (_, offset) => nothingAt(offset),
  hover: () => null,
  definition: () => null,
  signature: () => null,
};
