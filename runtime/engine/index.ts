/** The engine's public face: what screens and tools know of a device. */
export type * from './device-face.ts';
