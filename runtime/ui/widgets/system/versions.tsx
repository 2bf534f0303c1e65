import type { Cell } from '@skerry/shared/base/cell';
import type { ObjectId } from '@skerry/shared/base/ids';
import { fromCell } from '@skerry/shared/expression/convert';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import { useApp, useCached } from '../../app-context.ts';
import { formatForPeople } from '../../data/format.ts';
import { nameOf, spelledOut } from '../../data/naming.ts';

interface Version {
  readonly member: string;
  readonly mine: Cell;
  readonly theirs: Cell;
  readonly conflict: boolean;
}

/** Two versions of an object's members, side by side. */
export function Versions({
  entity,
  versions,
  mine,
  theirs,
}: {
  readonly entity: string;
  readonly versions: readonly Version[];
  readonly mine: string;
  readonly theirs: string;
}) {
  const { say } = useApp();
  return (
    <table className="versions">
      <thead>
        <tr>
          <th scope="col">
            <span className="hidden">{say('name')}</span>
          </th>
          <th scope="col">{mine}</th>
          <th scope="col">{theirs}</th>
        </tr>
      </thead>
      <tbody>
        {versions.map((version) => (
          <tr key={version.member} className={version.conflict ? 'versions-conflict' : ''}>
            <th scope="row">{spelledOut(version.member)}</th>
            <td>
              <CellText entity={entity} member={version.member} cell={version.mine} />
            </td>
            <td>
              <CellText entity={entity} member={version.member} cell={version.theirs} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Which object is spoken of: its kind, and its name where this device has it. */
export function ObjectCaption({ entity, object }: { readonly entity: string; readonly object: ObjectId }) {
  const { cache, content } = useApp();
  const name = useCached(() => {
    const snapshot = cache.get(object);
    return snapshot ? nameOf(snapshot, domainView(content.model)) : '';
  });
  const kind = spelledOut(entity);
  return name.ready && name.value ? (
    <>
      {kind} · {name.value}
    </>
  ) : (
    kind
  );
}

function CellText({ entity, member, cell }: { readonly entity: string; readonly member: string; readonly cell: Cell }) {
  const app = useApp();
  const view = domainView(app.content.model);
  const type = view.attributes(entity).get(member)?.type;
  const far = useCached(() => {
    const snapshot = type || typeof cell !== 'string' ? undefined : app.cache.get(cell as ObjectId);
    return snapshot ? nameOf(snapshot, view) : '';
  });
  if (type) return formatForPeople(fromCell(cell, type), app, type) || '–';
  // A reference: people know the object, not its id.
  return (far.ready && far.value) || '–';
}
