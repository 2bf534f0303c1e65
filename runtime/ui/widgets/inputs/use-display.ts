import { fromCell } from '@skerry/shared/expression/convert';
import { useApp } from '../../app-context.ts';
import { formatForPeople, type MomentParts } from '../../data/format.ts';
import type { MemberField } from './use-member.ts';

/** The member's value as people read it. */
export function useDisplay({ cell, attribute }: MemberField, parts?: MomentParts): string {
  const app = useApp();
  return attribute ? formatForPeople(fromCell(cell, attribute.type), app, attribute.type, parts) : '';
}
