import { Fragment } from 'react';
import { useStore } from 'zustand';
import { closeDialog, dialogStore } from './dialog-store.ts';

/** Shows what showDialog was asked to show. */
export function DialogHost() {
  const { dialogs } = useStore(dialogStore);
  return dialogs.map(({ key, render }) => <Fragment key={key}>{render(() => closeDialog(key))}</Fragment>);
}
