import { constraintDependencies, type DependencyStep } from '@skerry/shared/constraint/dependencies';
import { resolveConstraint } from '@skerry/shared/constraint/resolve';
import type { Type } from '@skerry/shared/expression/type';
import { describe, expect, it } from 'vitest';
import { view } from '../../conformance/fixture.ts';

const names = new Map<string, string>();
for (const entity of view.model.all('entity').keys()) {
  names.set(view.entity(entity)!.id, entity);
  for (const attribute of view.attributes(entity).values()) names.set(attribute.id, attribute.name);
  for (const end of view.owned(entity)) names.set(end.id, end.qualifiedName);
}
const name = (id: string) => names.get(id) ?? id;
const path = (steps: readonly DependencyStep[]) =>
  steps
    .map((step) => `${name(step.association)}${step.direction === 'reverse' ? '<' : '>'}${name(step.entity)}`)
    .join('/');

function dependenciesOf(text: string, entity = 'L.Person') {
  const variables = new Map<string, Type>([
    ['o', { kind: 'Object', entity: 'L.Person' }],
    ['currentUser', { kind: 'Object', entity: 'L.Account' }],
  ]);
  const { resolved, diagnostics } = resolveConstraint(text, { view, entity, variables });
  expect(diagnostics).toEqual([]);
  const found = constraintDependencies(resolved!);
  return {
    members: found.members.map((read) => [path(read.steps), name(read.member)].filter(Boolean).join('/')),
    paths: found.paths.map(path),
    entities: found.entities.map(name),
    variables: found.variables,
    row: found.classes.rowLocal,
    user: found.classes.user.reads,
    userMembers: found.classes.user.members.map(name),
    clock: found.classes.time.members.map((read) => [path(read.steps), name(read.member)].filter(Boolean).join('/')),
    time: found.classes.time.reads,
    elsewhere: found.classes.time.elsewhere,
    zone: found.classes.zone,
  };
}

const nothing = {
  members: [],
  paths: [],
  entities: ['L.Person'],
  variables: [],
  row: true,
  user: false,
  userMembers: [],
  clock: [],
  time: false,
  elsewhere: false,
  zone: false,
};

describe('what a constraint depends on', () => {
  it('[CX15] is nothing without a constraint', () => expect(dependenciesOf('')).toEqual(nothing));

  it('[CX15] is the object itself for its own members and links', () => {
    expect(dependenciesOf("[Age > 3 and Name = 'x'][L.Person_City = $o/L.Person_City]")).toEqual({
      ...nothing,
      members: ['Age', 'Name'],
      paths: ['L.Person_City>L.City'],
      variables: ['o'],
    });
  });

  it('[CX15] follows paths, and what stands in their brackets', () => {
    expect(dependenciesOf("[L.Person_City/L.City[Population > 1]/L.City_Country/L.Country/Code = 'NL']")).toEqual({
      ...nothing,
      members: ['L.Person_City>L.City/Population', 'L.Person_City>L.City/L.City_Country>L.Country/Code'],
      paths: ['L.Person_City>L.City', 'L.Person_City>L.City/L.City_Country>L.Country'],
      entities: ['L.Person', 'L.City', 'L.Country'],
      row: false,
    });
  });

  it('[CX15] sees a step against the direction as one to other objects', () => {
    expect(dependenciesOf('[L.Person_Manager[reversed()]]')).toEqual({
      ...nothing,
      paths: ['L.Person_Manager<L.Person'],
      row: false,
    });
  });

  it("[CX15] names the user's own members", () => {
    expect(dependenciesOf("[System.owner = '[%CurrentUser%]']")).toEqual({
      ...nothing,
      paths: ['System.owner>System.User'],
      user: true,
    });
    expect(dependenciesOf('[L.Person_City = $currentUser/L.Account_City and Name = $currentUser/Region]')).toEqual({
      ...nothing,
      members: ['Name'],
      paths: ['L.Person_City>L.City'],
      user: true,
      userMembers: ['L.Account_City', 'Region'],
    });
  });

  it('[CX15] names the members that the clock moves past', () => {
    expect(dependenciesOf("[Born < '[%CurrentDateTime%]']")).toEqual({
      ...nothing,
      members: ['Born'],
      clock: ['Born'],
      time: true,
    });
    expect(dependenciesOf("[L.Person_Manager/L.Person/Born > '[%BeginOfCurrentDay%]']")).toEqual({
      ...nothing,
      members: ['L.Person_Manager>L.Person/Born'],
      paths: ['L.Person_Manager>L.Person'],
      clock: ['L.Person_Manager>L.Person/Born'],
      row: false,
      time: true,
      zone: true,
    });
    expect(dependenciesOf("[hours-from-dateTime('[%CurrentDateTime%]', 'UTC') = Age]")).toEqual({
      ...nothing,
      members: ['Age'],
      time: true,
      elsewhere: true,
    });
    expect(dependenciesOf('[year-from-dateTime(Born) = 2000]')).toEqual({ ...nothing, members: ['Born'], zone: true });
  });
});
