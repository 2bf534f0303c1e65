import type { Action } from '../../metamodel/action.ts';
import type { MenuItem } from '../../metamodel/navigation-profile.ts';
import { check, type Problem, rule } from '../check.ts';

function* itemsOf(items: readonly MenuItem[]): Generator<MenuItem> {
  for (const item of items) {
    yield item;
    yield* itemsOf(item.items);
  }
}

export const homeWithParameters = check({
  rule: rule(
    'navigation/home-needs-object',
    'error',
    'A home or sign-in page has required parameters, and nothing that opens it could give them.',
    'Choose a page without parameters, or a nanoflow that shows the page.',
  ),
  speed: 'fast',
  kinds: ['navigationProfile'],
  *find({ content }, { model }) {
    const homes = [
      { page: content.homePage.page, path: ['homePage', 'page'] },
      ...content.homePageByRole.map((home, index) => ({ page: home.page, path: ['homePageByRole', index, 'page'] })),
      { page: content.signInPage, path: ['signInPage'] },
    ];
    for (const { page, path } of homes) {
      const required = page
        ? model.find('page', page)?.content.parameters.filter((parameter) => parameter.required)
        : undefined;
      if (!required || required.length === 0) continue;
      yield {
        message: `${page} needs ${required.map((parameter) => `$${parameter.name}`).join(', ')}, which nothing gives here. Choose another page, or a nanoflow that shows it.`,
        element: content.id,
        path,
      };
    }
  },
});

export const noHome = check({
  rule: rule('navigation/no-home', 'error', 'A profile has no home page.', 'Choose a page or nanoflow to begin with.'),
  speed: 'fast',
  kinds: ['navigationProfile'],
  *find({ content }) {
    if (content.homePage.page || content.homePage.nanoflow) return;
    yield {
      message: `${content.name} has no home page: choose a page or nanoflow to begin with.`,
      element: content.id,
      path: ['homePage'],
    };
  },
});

export const menuItemBoth = check({
  rule: rule(
    'navigation/item-with-items-and-action',
    'error',
    'A menu item has items of its own and an action; only one of them can happen.',
    'Remove the action, or the items.',
  ),
  speed: 'fast',
  kinds: ['navigationProfile', 'menu'],
  *find({ content }) {
    const items = content.kind === 'menu' ? content.items : content.menu;
    for (const item of itemsOf(items)) {
      if (item.items.length === 0 || item.action.kind === 'nothing') continue;
      yield {
        message: `The item "${Object.values(item.caption)[0] ?? ''}" opens its own items and cannot do anything else. Remove its action.`,
        element: item.id,
      };
    }
  },
});

/** Menu items have no object around them that could be an argument. */
export const menuItemArguments = check({
  rule: rule(
    'navigation/item-needs-object',
    'error',
    'A menu item opens something with required parameters and gives none.',
    'Give the arguments, or choose something without parameters.',
  ),
  speed: 'fast',
  kinds: ['navigationProfile', 'menu'],
  *find({ content }, { model }): Generator<Problem> {
    const items = content.kind === 'menu' ? content.items : content.menu;
    for (const item of itemsOf(items)) {
      const { name, parameters } = opened(
        item.action,
        (kind, name) => model.find(kind, name)?.content.parameters ?? [],
      );
      const given = 'arguments' in item.action ? Object.keys(item.action.arguments) : [];
      const missing = parameters.filter((parameter) => parameter.required && !given.includes(parameter.name));
      if (missing.length === 0) continue;
      yield {
        message: `${name} needs ${missing.map((parameter) => `$${parameter.name}`).join(', ')}. Give it here, or choose something that needs nothing.`,
        element: item.id,
      };
    }
  },
});

interface Named {
  readonly name: string;
  readonly required: boolean;
}

function opened(
  action: Action,
  parametersOf: (kind: 'page' | 'nanoflow' | 'microflow', name: string) => readonly Named[],
) {
  switch (action.kind) {
    case 'openPage':
      return { name: action.page, parameters: parametersOf('page', action.page) };
    case 'callNanoflow':
      return { name: action.nanoflow, parameters: parametersOf('nanoflow', action.nanoflow) };
    case 'callMicroflow':
      return { name: action.microflow, parameters: parametersOf('microflow', action.microflow) };
    default:
      return { name: '', parameters: [] };
  }
}
