import { must } from '@skerry/shared/base/invariant';
import type { BundleContent } from '@skerry/shared/bundle/content';
import { describe, expect, it } from 'vitest';
import type { PlainValue } from '../../../runtime/engine/device-face.ts';
import type { PageEntry } from '../../../runtime/ui/data/page-stack.ts';
import { pagesAt, placesOf } from '../../../runtime/ui/shell/places.ts';
import { objectId } from '../../support/device-kit.ts';
import { anApp } from '../../support/model-builder.ts';

const site: PlainValue = { kind: 'object', entity: 'M.Site', id: objectId(1) };
const draft: PlainValue = { kind: 'object', entity: 'M.Draft', id: objectId(2) };

function contentOf(pages: readonly string[], more: { readonly rename?: string } = {}): BundleContent {
  const app = anApp()
    .withEntity('M.Site', { attributes: { Name: 'String' } })
    .withEntity('M.Draft', { persistable: false, attributes: { Name: 'String' } });
  for (const page of pages) app.withPage(page, []);
  const model = app.model();
  const renamed = more.rename === undefined ? undefined : must(model.find('page', more.rename), 'the page');
  if (!renamed) return { model } as BundleContent;
  const called = { ...renamed, qualifiedName: 'M.Called' };
  const all = (kind: string) => (kind === 'page' ? new Map([['M.Called', called]]) : model.all(kind as 'entity'));
  return { model: { ...model, all } } as unknown as BundleContent;
}

const stack: readonly PageEntry[] = [
  { key: 1, page: 'M.Home', args: {} },
  { key: 2, page: 'M.Detail', args: { Site: site } },
  { key: 3, page: 'M.Edit', args: { Draft: draft } },
];
const before = contentOf(['M.Home', 'M.Detail', 'M.Edit']);

describe('the open pages of another version', () => {
  it('are those that were open, with what they showed', () => {
    expect(pagesAt(placesOf(stack.slice(0, 2), before), before)).toEqual([
      { page: 'M.Home', args: {} },
      { page: 'M.Detail', args: { Site: site } },
    ]);
  });

  it('are found by id where a page has another name', () => {
    const places = placesOf([{ key: 1, page: 'M.Home', args: {} }], before);
    expect(pagesAt(places, contentOf(['M.Home'], { rename: 'M.Home' }))).toEqual([{ page: 'M.Called', args: {} }]);
  });

  it('end where a page is no more', () => {
    expect(pagesAt(placesOf(stack, before), contentOf(['M.Home', 'M.Edit'])).map(({ page }) => page)).toEqual([
      'M.Home',
    ]);
  });

  it('end where a page showed an object that went with the old version', () => {
    expect(pagesAt(placesOf(stack, before), before).map(({ page }) => page)).toEqual(['M.Home', 'M.Detail']);
  });
});
