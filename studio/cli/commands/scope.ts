import { parseArgs } from 'node:util';
import { userFault } from '@skerry/shared/base/fault';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import type { Model } from '@skerry/shared/metamodel/model';
import { analyze, type Profile } from '@skerry/shared/scope/analyze';
import { demoObjects, demoSession } from '@skerry/shared/scope/demo-objects';
import { estimate, type Representative } from '@skerry/shared/scope/estimate';
import { MODES } from '@skerry/shared/scope/modes';
import { type ReportEntity, type ScopeReport, scopeReport } from '@skerry/shared/scope/report';
import { demoSettings } from '../../host/demo-data/demo-surroundings.ts';
import { readProjectDemoData } from '../../host/demo-data/read-project-demo-data.ts';
import type { ExitCode } from '../command.ts';
import { print, printJson, table, WIDTH, wrap } from '../output.ts';
import { momentOption, openArgument, required } from '../project-argument.ts';

export const summary = 'what the devices of an offline profile hold, for whom and why';

export const help = `Usage: skerry scope <project> --profile <name> [options]

Says which entities, members and rows the profile's devices hold, per role, and why.

  --profile <name>   the offline profile
  --automatic        ignore modes and entities that the modeler set by hand
  --all-reasons      every use's chain instead of the shortest
  --now <moment>     the moment for which rows are counted; default: the last one in the demo data
  --json             the whole answer, the same bytes for the same project

Rows and bytes are counted in the demo data, for the first demo user of each role.
Exit code 1 when the analysis finds errors.`;

export async function run(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      profile: { type: 'string' },
      automatic: { type: 'boolean', default: false },
      'all-reasons': { type: 'boolean', default: false },
      now: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const now = momentOption(values.now);
  const project = await openArgument(positionals);
  const { model } = project;
  const profile = profileNamed(model, required(values.profile, '--profile', 'InspectorPhone'));
  const analysis = analyze(model, profile, { automatic: values.automatic });
  const { objects } = await readProjectDemoData(project);
  const view = domainView(model);
  const demo = demoObjects(model, objects);
  const settings = demoSettings(objects, now);
  const people = model.security.userRoles.flatMap((role): Representative[] => {
    const user = model.security.demoUsers.find((one) => one.userRoles.includes(role.name));
    const session = user && demoSession(user.name, demo, view, settings);
    return session ? [{ role: role.name, session: { ...session, roles: [role.id] } }] : [];
  });
  const report = scopeReport(analysis, {
    allReasons: values['all-reasons'],
    estimate: people.length > 0 ? estimate(analysis.plan, demo, view, people, settings) : undefined,
  });
  if (values.json) printJson(report);
  else print(readable(report));
  return report.diagnostics.some((diagnostic) => diagnostic.severity === 'error') ? 1 : 0;
}

function profileNamed(model: Model, name: string): Profile {
  const profiles = model.all('navigationProfile');
  const found = profiles.get(name);
  const names = [...profiles.values()]
    .filter((one) => one.content.profile !== 'online')
    .map((one) => one.qualifiedName);
  const choice = names.length > 0 ? `Offline profiles: ${names.join(', ')}.` : 'The project has no offline profile.';
  if (!found) throw userFault('cli/unknown-profile', `There is no profile "${name}". ${choice}`);
  if (found.content.profile === 'online') {
    throw userFault('cli/online-profile', `${name} is an online profile: its devices hold nothing. ${choice}`);
  }
  return found;
}

function readable(report: ScopeReport): string {
  const parts = [`Profile ${report.profile}, plan ${report.hash.slice(0, 12)}`, overview(report)];
  for (const entity of report.entities) parts.push(entityPart(entity, report.roles));
  parts.push(opens(report));
  if (report.microflowCalls.length > 0) {
    parts.push(
      wrap(`Needs the network: ${report.microflowCalls.map((call) => call.name).join(', ')}`, WIDTH).join('\n'),
    );
  }
  const counts = (['error', 'warning', 'information'] as const).map(
    (severity) => `${report.diagnostics.filter((one) => one.severity === severity).length} ${severity}`,
  );
  parts.push(`Findings: ${counts.join(', ')}. skerry check says what they are.`);
  return parts.join('\n\n');
}

function overview(report: ScopeReport): string {
  const roles = report.roles.filter((role) => report.entities.some((entity) => entity.estimate?.[role]));
  const columns = [
    { title: '' },
    { title: 'entity' },
    { title: 'mode' },
    ...roles.map((role) => ({ title: role, align: 'right' as const })),
    { title: '' },
  ];
  const cell = (estimate: { rows: number; bytes: number } | undefined) =>
    estimate ? `${estimate.rows} · ${size(estimate.bytes)}` : '–';
  const rows = report.entities.map((entity) => [
    MODES[entity.mode].glyph,
    entity.entity,
    `${entity.mode}${entity.configured ? ' *' : ''}`,
    ...roles.map((role) => cell(entity.estimate?.[role])),
    '',
  ]);
  if (report.estimate) rows.push(['', 'all', '', ...roles.map((role) => cell(report.estimate?.[role])), '']);
  const note = roles.length > 0 ? '\nRows and bytes in the demo data. * set by the modeler' : '\n* set by the modeler';
  return table(columns, rows) + note;
}

function entityPart(entity: ReportEntity, roles: readonly string[]): string {
  const lines = [`${MODES[entity.mode].glyph} ${entity.entity}  ${MODES[entity.mode].caption}`];
  if (entity.constraint) lines.push(...wrap(entity.constraint, WIDTH - 2).map((line) => `  ${line}`));
  for (const chain of entity.reasons)
    lines.push(...wrap(`why: ${chain.join(' › ')}`, WIDTH - 2).map((line) => `  ${line}`));
  const rows = roles.map((role) => [`  ${role}`, rowsText(entity.rows[role]), membersOf(entity, role)]);
  if (entity.mode !== 'online')
    lines.push(
      table(
        [{ title: '  role' }, { title: 'rows' }, { title: 'members' }],
        rows.map(([role = '', text = '', members = '']) => [role, text, members]),
      ),
    );
  for (const role of roles) {
    const text = entity.rows[role] ?? 'false';
    if (text !== 'true' && text !== 'false')
      lines.push(...wrap(`${role}: ${text}`, WIDTH - 2).map((line) => `  ${line}`));
  }
  return lines.join('\n');
}

function rowsText(rows: string | undefined): string {
  if (rows === 'true') return 'all';
  return rows === undefined || rows === 'false' ? 'none' : 'constrained';
}

function membersOf(entity: ReportEntity, role: string): string {
  const names = entity.members.filter((member) => member.readableBy.includes(role)).map((member) => member.name);
  if (names.length === 0) return '–';
  return names.length === entity.members.length ? `all ${names.length}: ${names.join(', ')}` : names.join(', ');
}

function opens(report: ScopeReport): string {
  const rows = Object.entries(report.opens).map(([role, pages]) => [role, pages.join(', ') || '–']);
  return table([{ title: 'role' }, { title: 'can open' }], rows);
}

function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
