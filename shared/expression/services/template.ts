import { type Completion, ItemList, nothingAt } from './item.ts';

/** `{1}` and so on, while one is being written, for each parameter that the template has. */
export function completeTemplate(text: string, offset: number, parameters: number): Completion {
  const before = /\{\d*$/.exec(text.slice(0, offset));
  if (!before) return nothingAt(offset);
  const end = offset + (/^\d*\}?/.exec(text.slice(offset))?.[0].length ?? 0);
  const into = new ItemList();
  for (let place = 1; place <= parameters; place++) {
    const written = `{${place}}`;
    into.add(0, { label: written, insert: written, kind: 'value', detail: `parameter ${place}` });
  }
  return { span: { start: before.index, end }, items: into.sorted() };
}
