import type { Documents } from '@skerry/shared/metamodel/model';
import { anApp } from '../../support/model-builder.ts';

/** An app whose modules Small and Big have diagrams of 300 and of 1,000 entities, each associated with two others. */
export function diagramModel(): Documents {
  const app = anApp().withUserRole('Clerk', ['Small.User', 'Big.User']);
  for (const [module, count] of [
    ['Small', 300],
    ['Big', 1000],
  ] as const) {
    for (let index = 0; index < count; index++) {
      const to = (name: string, other: number) =>
        other >= 0 ? { [`Entity${index}_${name}`]: `${module}.Entity${other}` } : {};
      app.withEntity(`${module}.Entity${index}`, {
        attributes: { Name: 'String', Amount: 'Decimal', Done: 'Boolean', Due: 'DateTime', Remark: 'String' },
        associations: { ...to('Before', index - 1), ...to('Group', index % 7 === 0 ? -1 : index - (index % 7)) },
      });
    }
  }
  app.withPage('Small.Home', [{ kind: 'text', name: 'welcome', caption: { en: 'Welcome' } }]);
  return app.withProfile('Phone', { home: 'Small.Home' }).build();
}
