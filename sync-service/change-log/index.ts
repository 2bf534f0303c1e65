export { type Author, logBefore, logCreate, logHold, logLink, logSettlement } from './append.ts';
export type { LoggedTable } from './before-image.ts';
export { type LoggedTables, NO_OVERLAY, type Overlay, overlayAt } from './overlay.ts';
export { changesOf, cutLog, logHead, logTail } from './read.ts';
