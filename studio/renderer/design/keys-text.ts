const NAMES: { readonly [part: string]: string } = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Delete: 'Del',
  Backquote: '`',
  Slash: '/',
  Backslash: '\\',
  Comma: ',',
  Period: '.',
  Minus: '−',
  Equal: '+',
};

const MAC_NAMES: { readonly [part: string]: string } = { $mod: '⌘', Shift: '⇧', Alt: '⌥', Control: '⌃', Meta: '⌘' };
const OTHER_NAMES: { readonly [part: string]: string } = { $mod: 'Ctrl', Control: 'Ctrl' };

const IS_MAC = typeof navigator === 'object' && /Mac|iP(?:hone|ad|od)/.test(navigator.platform);

/** A binding in tinykeys' words (`$mod+Shift+KeyP`) as people know it on their machine. */
export function keysText(keys: string, isMac = IS_MAC): string {
  return keys
    .split(' ')
    .map((press) =>
      press
        .split('+')
        .map((part) => partText(part, isMac))
        .join(isMac ? '' : '+'),
    )
    .join(' ');
}

function partText(part: string, isMac: boolean): string {
  const named = (isMac ? MAC_NAMES : OTHER_NAMES)[part] ?? NAMES[part];
  return named ?? part.replace(/^(?:Key|Digit)(?=.$)/, '').replace(/^[a-z]$/, (letter) => letter.toUpperCase());
}
