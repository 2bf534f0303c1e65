import type { BundleContent } from '@skerry/shared/bundle/content';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import type { PlainValue } from '../../engine/device-face.ts';
import type { PageEntry } from '../data/page-stack.ts';

/** An open page as it is found again in another version of the app: by its id, which outlives a rename. */
export interface Place {
  readonly pageId: string;
  readonly args: PageEntry['args'];
}

/** What the open pages are, so that the next version can open them again. */
export function placesOf(stack: readonly PageEntry[], content: BundleContent): readonly Place[] {
  return stack.flatMap(({ page, args }) => {
    const pageId = content.model.find('page', page)?.content.id;
    return pageId === undefined ? [] : [{ pageId, args }];
  });
}

/**
 * The pages to begin with: those that were open, from the lowest up to the first that this version does not have, or
 * that showed something which went with the old version (objects that are not stored, entities under another name).
 */
export function pagesAt(places: readonly Place[], content: BundleContent): readonly Omit<PageEntry, 'key'>[] {
  const names = new Map(
    [...content.model.all('page').values()].map(({ content: { id }, qualifiedName }) => [id as string, qualifiedName]),
  );
  const view = domainView(content.model);
  const isStill = (value: PlainValue) => value.kind === 'cell' || view.persistable(value.entity);
  const pages: Omit<PageEntry, 'key'>[] = [];
  for (const { pageId, args } of places) {
    const page = names.get(pageId);
    if (page === undefined || !Object.values(args).every(isStill)) break;
    pages.push({ page, args });
  }
  return pages;
}
