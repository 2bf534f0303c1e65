import { type Logger, pino } from 'pino';

export type Log = Logger;

/** Structured lines on standard error. Whatever may hold a secret is cut out, wherever it stands. */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      redact: {
        paths: [
          'password',
          'accessToken',
          'refreshToken',
          'authorization',
          '*.password',
          '*.authorization',
          '*.refreshToken',
        ],
        censor: '[removed]',
      },
    },
    pino.destination(2),
  );
}
