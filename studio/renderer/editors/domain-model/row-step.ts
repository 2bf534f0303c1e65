import type { AnnotationData, EntityCardData } from './diagram.ts';

/**
 * Where a key leads among the rows of a card: Mod+Down goes from a card into its attributes, Up and Down from one to the
 * next, Left and Escape back. Undefined when the key means something else here.
 */
export function rowStep(
  cards: ReadonlyMap<string, EntityCardData | AnnotationData>,
  selected: string | undefined,
  key: string,
): string | undefined {
  if (selected === undefined) return undefined;
  const card = cards.get(selected);
  if (card) return key === 'Mod+ArrowDown' && card.kind === 'entity' && !card.isForeign ? card.rows[0]?.id : undefined;
  for (const [id, data] of cards) {
    if (data.kind !== 'entity') continue;
    const at = data.rows.findIndex((row) => row.id === selected);
    if (at < 0) continue;
    if (key === 'ArrowDown') return (data.rows[at + 1] ?? data.rows[at])?.id;
    if (key === 'ArrowUp') return data.rows[at - 1]?.id ?? id;
    return key === 'ArrowLeft' || key === 'Escape' ? id : undefined;
  }
  return undefined;
}
