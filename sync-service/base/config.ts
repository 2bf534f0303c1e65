import { operationalFault } from '@skerry/shared/base/fault';
import { z } from 'zod';

const trustedKey = z.object({ keyId: z.string().min(1), publicKey: z.string().regex(/^[0-9a-f]{64}$/) });

/** What a service needs to be told. Checked at start, so that a wrong word is an error then and not a surprise later. */
export const serviceConfig = z.object({
  /** Development loads demo data and offers demo users; production refuses both. */
  mode: z.enum(['development', 'production']).default('production'),
  /** Holds the database, file bodies and keys of this installation. */
  dataFolder: z.string().min(1),
  host: z.string().default('127.0.0.1'),
  /** 0 takes a free one. */
  port: z.number().int().min(0).max(65535).default(0),
  /** Whose signatures a release must carry. In development a key is made at the first start. */
  publisherKeys: z.array(trustedKey).default([]),
  /** Whoever presents it may publish. In development one is made at the first start. */
  publisherToken: z.string().min(24).optional(),
  accessTokenMs: z
    .number()
    .int()
    .positive()
    .default(15 * 60_000),
  refreshTokenMs: z
    .number()
    .int()
    .positive()
    .default(90 * 86_400_000),
  /** How long the change log and verdicts reach back. */
  retentionMs: z
    .number()
    .int()
    .positive()
    .default(90 * 86_400_000),
  maxBodyBytes: z
    .number()
    .int()
    .positive()
    .default(32 * 1024 * 1024),
  /** Rows of one page of a pull, at most. */
  pageRows: z.number().int().positive().default(2000),
  /** Requests per minute and address; sign-ins are held to a twentieth of it. */
  requestsPerMinute: z.number().int().positive().optional(),
  logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});
export type ServiceConfig = z.output<typeof serviceConfig>;
export type ServiceConfigInput = z.input<typeof serviceConfig>;

/** @throws Fault `config/invalid` that names each wrong setting */
export function parseConfig(input: unknown): ServiceConfig {
  const parsed = serviceConfig.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'configuration'}: ${issue.message}`);
  throw operationalFault('config/invalid', `The service cannot start. Correct these settings: ${problems.join('; ')}`);
}

/** Settings from `SKERRY_…` variables, for starting without a command line. */
export function configFromEnvironment(env: { readonly [name: string]: string | undefined }): ServiceConfig {
  const number = (value: string | undefined) => (value === undefined ? undefined : Number(value));
  return parseConfig({
    mode: env.SKERRY_MODE,
    dataFolder: env.SKERRY_DATA ?? '',
    host: env.SKERRY_HOST,
    port: number(env.SKERRY_PORT),
    publisherKeys: env.SKERRY_PUBLISHER_KEYS ? JSON.parse(env.SKERRY_PUBLISHER_KEYS) : undefined,
    publisherToken: env.SKERRY_PUBLISHER_TOKEN,
    logLevel: env.SKERRY_LOG_LEVEL,
  });
}
