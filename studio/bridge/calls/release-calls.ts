import { call, elementId, nothing, z } from '../declare.ts';
import { planDiff } from './analysis-calls.ts';
import { diagnostic } from './shapes.ts';

/** Publishing, and the built-in preview. */
export const RELEASE_CALLS = {
  /** What a publish would change against the release that is active in the preview's service. */
  'publish/review': call(
    nothing,
    z.object({
      activeVersion: z.nullable(z.string()),
      /** The next free one. */
      proposedVersion: z.string(),
      errors: z.array(diagnostic),
      /** Documents that differ, with what happened to them in words. */
      model: z.array(
        z.object({
          document: z.string(),
          name: z.string(),
          kind: z.string(),
          change: z.enum(['added', 'removed', 'changed', 'moved']),
          details: z.array(z.string()),
        }),
      ),
      /** By profile. */
      scope: z.array(
        z.object({ profile: z.string(), diff: planDiff, bytesBefore: z.number(), bytesAfter: z.number() }),
      ),
      /** What devices with older bundles or data would meet; `blocking` ones need a decision in evolution/. */
      compatibility: z.array(
        z.object({
          code: z.string(),
          element: z.string(),
          message: z.string(),
          weight: z.enum(['lossy', 'notice', 'free']),
          blocking: z.boolean(),
        }),
      ),
    }),
  ),
  /**
   * Saves, builds, signs and sends. `accepted`: lossy findings whose loss is accepted, with the reason; they are written to
   * evolution/<version>.json first. Errors `publish/errors`, `publish/undecided` and the service's own.
   */
  'publish/run': call(
    z.object({
      version: z.string(),
      accepted: z.optional(z.array(z.object({ element: elementId, reason: z.string().check(z.minLength(1)) }))),
    }),
    z.object({ version: z.string(), sentParts: z.number(), warnings: z.array(z.string()) }),
  ),
  'preview/state': call(
    nothing,
    z.object({
      /** Address of the preview page, to be framed. */
      url: z.string(),
      version: z.nullable(z.string()),
      /** The problem that holds the preview on an older bundle; null when it shows the model as it is. */
      heldBy: z.nullable(diagnostic),
      devices: z.array(z.object({ name: z.string(), isOnline: z.boolean() })),
    }),
  ),
} as const;
