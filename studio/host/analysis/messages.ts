import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import type { JsonObject } from '@skerry/shared/base/json';
import type { Edit } from '@skerry/shared/metamodel/change/edit';
import type { ANALYSIS_CALLS } from '@skerry/studio/bridge/calls/analysis-calls';
import type { CallRequest } from '@skerry/studio/bridge/calls/index';
import type { BridgeError } from '@skerry/studio/bridge/calls/shapes';
import type { Notification } from '@skerry/studio/bridge/notifications';
import type { LiveQuestion } from '../live-page/live-page.ts';
import type { ReleaseQuestion } from '../release/questions.ts';

/** What the analyst is told. In order; each message that carries a revision makes the earlier ones stale. */
export type ToAnalyst =
  | {
      readonly kind: 'open';
      readonly revision: number;
      readonly documents: readonly (readonly [path: string, content: JsonObject])[];
      readonly reading: readonly Diagnostic[];
      /** Texts of demo rows by path. */
      readonly texts: { readonly [path: string]: string };
    }
  | {
      readonly kind: 'step';
      readonly revision: number;
      readonly edit: Edit;
      /** What was wrong with the files as they were read; absent: as before. */
      readonly reading?: readonly Diagnostic[];
    }
  /** Null: the file is gone. */
  | { readonly kind: 'texts'; readonly texts: { readonly [path: string]: string | null } }
  | { readonly kind: 'ask'; readonly id: number; readonly question: AnalysisQuestion };

export type AnalysisQuestion =
  | {
      readonly [C in keyof typeof ANALYSIS_CALLS]: { readonly call: C; readonly request: CallRequest<C> };
    }[keyof typeof ANALYSIS_CALLS]
  | { readonly call: 'page/live'; readonly request: LiveQuestion }
  | ReleaseQuestion;

/** What the analyst says. */
export type FromAnalyst =
  /** Lists that were looked at and may differ from those told before. */
  | { readonly kind: 'problems'; readonly body: Notification<'analysis/problems'> }
  | { readonly kind: 'scope'; readonly body: Notification<'analysis/scope'> }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly error: BridgeError }
  /** An edit did not fit the copy: it must be opened anew. */
  | { readonly kind: 'lost'; readonly message: string };
