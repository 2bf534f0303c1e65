import {
  associationOnline,
  associationOutOfScope,
  handedOverOutOfScope,
  neverRelated,
  queryThroughTransient,
  sourceNotPersistable,
} from './association-passes.ts';
import { needsNetwork, reconciled } from './cost-passes.ts';
import type { Pass } from './pass.ts';
import { hashedStringRead, memberWithheld, rowsNotShown, sharedFilter } from './role-passes.ts';
import {
  constrainedWithoutConstraint,
  fileNever,
  noAccessRules,
  readableWithoutConstraint,
  settingWithoutEffect,
  uploadOnlyShown,
  widerThanGeneralization,
} from './setting-passes.ts';

/** Every question asked of an analysis, in the order of the rules. */
export const PASSES: readonly Pass[] = [
  handedOverOutOfScope,
  sourceNotPersistable,
  widerThanGeneralization,
  associationOnline,
  queryThroughTransient,
  associationOutOfScope,
  memberWithheld,
  hashedStringRead,
  rowsNotShown,
  sharedFilter,
  constrainedWithoutConstraint,
  settingWithoutEffect,
  fileNever,
  neverRelated,
  uploadOnlyShown,
  noAccessRules,
  readableWithoutConstraint,
  needsNetwork,
  reconciled,
];
