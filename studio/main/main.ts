import { join } from 'node:path';
import * as electron from 'electron';
import { startDesktop } from './desktop.ts';
import { DESKTOP_OPTIONS, type DesktopOptions, type HostLine, type ToDesktop } from './desktop-options.ts';

/** The host lives in the process that started this one. */
const parent: HostLine = {
  post: (message) => void process.send?.(message),
  onMessage: (listener) => void process.on('message', (message) => listener(message as ToDesktop)),
  onEnd: (listener) => void process.once('disconnect', listener),
};

const options = JSON.parse(process.env[DESKTOP_OPTIONS] ?? '') as DesktopOptions;
const preload = join(import.meta.dirname, 'preload.cjs');
void startDesktop(electron, { ...options, preload, isMac: process.platform === 'darwin' }, parent);
