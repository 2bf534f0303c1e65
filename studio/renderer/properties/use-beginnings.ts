import type { Json } from '@skerry/shared/base/json';
import type { Role } from '@skerry/shared/metamodel/role';
import type { DocumentPath } from '@skerry/shared/metamodel/walk';
import { useMemo } from 'react';
import type { Beginnings } from './blank.ts';
import { nameCandidates, pointerCandidates, type Site } from './candidates.ts';
import { useForm, useSite, useStablePath } from './form-context.tsx';
import { isJsonObject, valueAt } from './locate.ts';

/** What new values at a path begin with: free names, and the first thing that may be named where nothing is not allowed. */
export function useBeginnings(given: DocumentPath): Beginnings {
  const path = useStablePath(given);
  const { content } = useForm();
  const site = useSite(path);
  return useMemo(
    () => ({ word: (role, key) => beginning(role, key, valueAt(content, path), site) }),
    [content, path, site],
  );
}

function beginning(role: Role | undefined, key: string, around: Json | undefined, site: Site | undefined): string {
  switch (role?.kind) {
    case 'name':
      return freeName(key === 'name' ? 'New' : key, around);
    case 'nameOf':
      return (site && nameCandidates(role.to, site)[0]?.value) ?? 'Unnamed';
    case 'id':
      return (site && pointerCandidates(site)[0]?.value) ?? 'aaaaaaaaaaaaaaaa';
    case 'variable':
      return role.declares ? freeName('New', undefined) : '';
    default:
      return '';
  }
}

/** A name none of the items of a list has. */
export function freeName(base: string, items: Json | undefined): string {
  const taken = new Set(
    (Array.isArray(items) ? items : []).flatMap((item: Json) =>
      isJsonObject(item) && typeof item.name === 'string' ? [item.name.toLowerCase()] : [],
    ),
  );
  if (!taken.has(base.toLowerCase())) return base;
  for (let number = 2; ; number++) {
    if (!taken.has(`${base}${number}`.toLowerCase())) return `${base}${number}`;
  }
}
