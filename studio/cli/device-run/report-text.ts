import { table, WIDTH, wrap } from '../output.ts';
import type { Difference } from './agreement.ts';
import type { DeviceReport, RunReport, StepReport } from './run-scenario.ts';

/** One step as it ends. */
export function stepText({ step, device, do: kind, note, ms, failure }: StepReport): string {
  const head = `${String(step).padStart(3)}  ${(device ?? 'service').padEnd(10)} ${kind.padEnd(14)}`;
  if (failure)
    return [`${head} FAILED  ${failure.code}`, ...wrap(failure.message, WIDTH - 6).map((line) => `      ${line}`)].join(
      '\n',
    );
  return `${head} ${`${ms} ms`.padStart(8)}  ${note}`.trimEnd();
}

/** What was synchronised, and whether all agree. */
export function reportText(report: RunReport): string {
  return [syncTable(report.devices), ...details(report.devices), agreementText(report)].join('\n\n');
}

function syncTable(devices: readonly DeviceReport[]): string {
  const right = (title: string) => ({ title, align: 'right' as const });
  const columns = [
    { title: 'device' },
    { title: 'user' },
    { title: 'app' },
    right('syncs'),
    right('applied'),
    right('resolved'),
    right('rejected'),
    right('parked'),
    right('down'),
    right('removed'),
    right('files'),
    right('KB'),
    right('ms'),
    { title: '' },
  ];
  const rows = devices.map((one) => [
    one.device,
    one.user,
    one.bundleVersion ?? '–',
    ...[
      one.syncs,
      one.applied,
      one.resolved,
      one.rejected.length,
      one.parked,
      one.downloaded,
      one.removed,
      one.files,
    ].map(String),
    (one.bytes / 1000).toFixed(1),
    String(Math.round(one.ms)),
    '',
  ]);
  return table(columns, rows);
}

function details(devices: readonly DeviceReport[]): string[] {
  const lines = devices.flatMap(({ device, reconciled, rejected, failed, kills, pending, inbox }) => [
    ...reconciled.map(
      ({ entity, because, times }) =>
        `${device}: ${entity} compared whole${times > 1 ? ` ${times} times` : ''}: ${because}`,
    ),
    ...rejected.map(({ code, message }) => `${device}: rejected ${code}: ${message}`),
    ...failed.map(({ code, message }) => `${device}: a synchronisation failed: ${code}: ${message}`),
    ...(kills > 0
      ? [
          `${device}: killed ${kills === 1 ? 'once' : `${kills} times`}; what its process did until then is not in the table`,
        ]
      : []),
    ...(pending > 0 ? [`${device}: ${pending} transactions are unsent`] : []),
    ...(inbox > 0 ? [`${device}: ${inbox} in the inbox`] : []),
  ]);
  return lines.length > 0 ? [lines.flatMap((line) => wrap(line, WIDTH)).join('\n')] : [];
}

function agreementText({ steps, unrest, agreement, ok }: RunReport): string {
  const failures = steps.filter(({ failure }) => failure).length;
  const lines = agreement.flatMap(({ device, objects, differences }) => {
    const count = Object.values(objects).reduce((sum, each) => sum + each, 0);
    if (differences.length === 0) return [`✓ ${device} and the service agree on ${count} objects`];
    return [
      `✗ ${device} and the service disagree on ${differences.length} objects`,
      ...differences.flatMap(differenceLines),
    ];
  });
  return [
    ...unrest.map((line) => `✗ ${line}`),
    ...lines,
    ...(failures > 0 ? [`✗ ${failures} of ${steps.length} steps failed`] : []),
    ok ? 'All agree, and every expectation holds.' : 'Not all is as it should be.',
  ].join('\n');
}

const KINDS: { readonly [kind in Difference['kind']]: string } = {
  missingOnDevice: 'is missing on the device',
  outOfScope: 'is on the device and not in its scope',
  differs: 'differs',
};

function differenceLines({ entity, object, name, kind, members }: Difference): string[] {
  const value = (text: string | null) => text ?? 'withheld';
  return [
    `  ${entity} ${object}${name === '' ? '' : ` "${name}"`} ${KINDS[kind]}`,
    ...members.map(
      ({ member, device, service }) => `    ${member}: device ${value(device)}, service ${value(service)}`,
    ),
  ];
}
