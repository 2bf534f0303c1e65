import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import type { JsonObject } from '@skerry/shared/base/json';
import type { Signer } from '@skerry/shared/bundle/verify';
import type { CallReply } from '@skerry/studio/bridge/calls/index';
import type { BuiltRelease } from '../publish/build-release.ts';

/** What is asked of the analyst's thread about releases: answered when the last revision has been checked as a whole. */
export type ReleaseQuestion =
  | {
      readonly call: 'release/review';
      readonly request: {
        readonly published: {
          readonly version: string;
          readonly documents: readonly (readonly [path: string, content: JsonObject])[];
        } | null;
      };
    }
  | {
      readonly call: 'release/build';
      readonly request: {
        readonly version: string;
        readonly signer: Signer;
        readonly nowMs: number;
        /** Texts of JavaScript actions, in TypeScript, by qualified name. */
        readonly actionSources: ReadonlyMap<string, string>;
      };
    };

export type ReviewAnswer = CallReply<'publish/review'>;

/** A release of the revision, or the errors that keep it from being built. */
export interface BuildAnswer {
  readonly revision: number;
  readonly release: BuiltRelease | null;
  readonly errors: readonly Diagnostic[];
}
