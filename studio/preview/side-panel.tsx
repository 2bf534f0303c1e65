import type { PreviewState } from './preview-state.ts';

/** Who can sign in, and what is worth trying first. */
export function SidePanel({ state }: { readonly state: PreviewState | null }) {
  return (
    <aside className="side" aria-label="Guide">
      <h2>Try a day in the field</h2>
      <ol>
        <li>Sign in as an inspector on each device. Each sees the sites of their own regions only.</li>
        <li>Switch one device offline. Its connections are really cut.</li>
        <li>Start an inspection, answer, add a finding with a photo. Reload the device: all is still there.</li>
        <li>Change the same inspection on the other device.</li>
        <li>Switch it online again and watch both agree.</li>
      </ol>
      <h2>Demo users</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Password</th>
            <th scope="col">Role</th>
          </tr>
        </thead>
        <tbody>
          {state?.demoUsers.map((user) => (
            <tr key={user.name}>
              <td title={user.caption}>{user.name}</td>
              <td>
                <code>{user.password}</code>
              </td>
              <td>{user.roles.join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {state && (
        <dl>
          <dt>Sync service</dt>
          <dd>
            <code>{state.service.url}</code>
          </dd>
          <dt>Database</dt>
          <dd className="path">{state.service.database}</dd>
        </dl>
      )}
    </aside>
  );
}
