import { describe, expect, it } from 'vitest';
import { keysText } from '../../../../studio/renderer/design/keys-text.ts';
import { tabOf } from '../../../../studio/renderer/workbench/document-info.ts';
import { nameOfElement } from '../../../../studio/renderer/workbench/element-name.ts';
import { elementsOf } from '../../../../studio/renderer/workbench/elements.ts';

const page = {
  id: 'aaaaaaaaaaaaaaaa',
  kind: 'page',
  name: 'Home',
  widgets: [
    {
      id: 'bbbbbbbbbbbbbbbb',
      kind: 'listView',
      name: 'list1',
      widgets: [{ id: 'cccccccccccccccc', kind: 'text', name: 'title' }],
    },
    { id: 'dddddddddddddddd', kind: 'text' },
  ],
};

describe('elements of a document', () => {
  it('are those with an id and a name, in reading order, each with what it stands in', () => {
    expect(elementsOf('p.json', page)).toEqual([
      { document: 'p.json', element: 'bbbbbbbbbbbbbbbb', name: 'list1', within: [], kind: 'listView' },
      { document: 'p.json', element: 'cccccccccccccccc', name: 'title', within: ['list1'], kind: 'text' },
    ]);
  });

  it('follow a document that has been renamed', () => {
    elementsOf('p.json', page);
    expect(elementsOf('q.json', page)[0]?.document).toBe('q.json');
  });

  it('are found by id at any depth', () => {
    expect(nameOfElement(page, 'cccccccccccccccc')).toBe('title');
    expect(nameOfElement(page, 'aaaaaaaaaaaaaaaa')).toBe('Home');
    expect(nameOfElement(page, 'dddddddddddddddd')).toBeUndefined();
  });
});

describe('tabs', () => {
  it('show an entity in the domain model of its module, and any other document itself', () => {
    expect(tabOf('modules/Field/entities/Site.json')).toBe('modules/Field/domain.json');
    expect(tabOf('modules/Field/pages/Home.json')).toBe('modules/Field/pages/Home.json');
  });
});

describe('keys', () => {
  it.each([
    ['$mod+Shift+KeyP', 'Ctrl+Shift+P', '⌘⇧P'],
    ['Alt+PageDown', 'Alt+PageDown', '⌥PageDown'],
    ['$mod+Backslash', 'Ctrl+\\', '⌘\\'],
    ['F2', 'F2', 'F2'],
    ['$mod+Digit0', 'Ctrl+0', '⌘0'],
    ['$mod+KeyK $mod+KeyS', 'Ctrl+K Ctrl+S', '⌘K ⌘S'],
  ])('%s reads as people know it', (keys, elsewhere, onMac) => {
    expect([keysText(keys, false), keysText(keys, true)]).toEqual([elsewhere, onMac]);
  });
});
