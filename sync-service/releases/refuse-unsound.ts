import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import { userFault } from '@skerry/shared/base/fault';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import type { Model } from '@skerry/shared/metamodel/model';
import { resolveConstraint } from './active-model.ts';
import type { DeviceScope } from './device-scope.ts';

/** A rule that does not check must not be guessed at: it would open what should stay closed, or the reverse. */
export function refuseUnsound(model: Model, scopes: readonly DeviceScope[], findings: readonly Diagnostic[]): void {
  const view = domainView(model);
  const problems = model.diagnostics
    .filter((one) => one.severity === 'error')
    .map((one) => `${one.document ?? ''}: ${one.message}`);
  for (const { content, qualifiedName } of model.all('entity').values()) {
    for (const rule of content.accessRules) {
      for (const text of [rule.constraint, rule.constraintAfter ?? '']) {
        if (text !== '' && !resolveConstraint(view, qualifiedName, text))
          problems.push(`${qualifiedName}: the access constraint ${text}`);
      }
    }
  }
  for (const scope of scopes) {
    for (const { name, constraint } of scope.entities) {
      if (constraint?.condition.kind === 'always' && !constraint.condition.value)
        problems.push(`${scope.profile}: the constraint of ${name}`);
    }
  }
  for (const { severity, code, message } of findings) if (severity === 'error') problems.push(`${code}: ${message}`);
  if (problems.length === 0) return;
  const shown = problems.slice(0, 5).join('; ');
  throw userFault(
    'release/refused',
    `The model has errors that a service cannot run with: ${shown}. Run skerry check and correct them.`,
  );
}
