import { PASSES } from '../scope/passes/all.ts';
import type { Check, Rule } from './check.ts';
import {
  accessRuleForNobody,
  accessRuleMember,
  anonymousUnconstrained,
  duplicateMember,
  generalizationCycle,
  reservedName,
} from './checks/entity-checks.ts';
import { deviceName, enumerationValues, similarNames } from './checks/model-checks.ts';
import { homeWithParameters, menuItemArguments, menuItemBoth, noHome } from './checks/navigation-checks.ts';
import { pageForNobody, unknownPath, wrongArguments } from './checks/page-checks.ts';
import { danglingReference, unknownMember } from './checks/reference-checks.ts';
import { constraintText, expressionText, flow } from './checks/text-checks.ts';

/** Every check of documents. What concerns a profile as a whole are the analyzer's passes. */
export const CHECKS: readonly Check[] = [
  danglingReference,
  unknownMember,
  constraintText,
  expressionText,
  flow,
  reservedName,
  duplicateMember,
  generalizationCycle,
  accessRuleMember,
  accessRuleForNobody,
  anonymousUnconstrained,
  pageForNobody,
  wrongArguments,
  unknownPath,
  homeWithParameters,
  noHome,
  menuItemBoth,
  menuItemArguments,
  similarNames,
  deviceName,
  enumerationValues,
];

/** What can be reported, for the documentation: one row per code. */
export const RULES: readonly { readonly rule: Rule; readonly when: string }[] = [
  ...CHECKS.map(({ rule, speed }) => ({ rule, when: speed === 'fast' ? 'as you type' : 'on idle' })),
  ...PASSES.map(({ rule }) => ({ rule, when: 'per offline profile' })),
];
