/** Modal dialogs, the one on top last. What is said meanwhile must be said inside it: all else is inert and below. */
const open: HTMLDialogElement[] = [];
const listeners = new Set<() => void>();

const announce = () => {
  for (const listener of [...listeners]) listener();
};

export const layers = {
  /** Opens a dialog over all others, until the returned function is called. */
  show(dialog: HTMLDialogElement): () => void {
    if (!dialog.open) dialog.showModal();
    open.push(dialog);
    announce();
    return () => {
      const at = open.indexOf(dialog);
      if (at >= 0) open.splice(at, 1);
      announce();
      dialog.close();
    };
  },
  top: (): HTMLDialogElement | null => open.at(-1) ?? null,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
