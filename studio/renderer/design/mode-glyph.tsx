import styles from './mode-glyph.module.css';

export type ScopeMode = 'all' | 'constrained' | 'uploadOnly' | 'kept' | 'never' | 'online' | 'none';

const GLYPHS: { readonly [M in ScopeMode]: string } = {
  all: '◉',
  constrained: '◐',
  uploadOnly: '◌',
  kept: '◍',
  never: '⊘',
  online: '☁',
  none: '',
};

/** The mark of a mode of download: never a colour alone. A decoration; the mode's name stands beside it. */
export function ModeGlyph({ mode }: { readonly mode: ScopeMode }) {
  return (
    <span aria-hidden="true" className={`${styles.glyph} ${styles[mode]}`}>
      {GLYPHS[mode]}
    </span>
  );
}
