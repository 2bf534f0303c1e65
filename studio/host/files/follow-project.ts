import { findGitHead, type GitHead, readBranch } from './git-head.ts';
import { watchFolder } from './watch-folder.ts';

export interface FollowListeners {
  /** Files of the project that others may have written, '/' between the parts of their paths. */
  changed(paths: readonly string[]): Promise<void>;
  branch(branch: string): void;
  /** Watching is not possible; files that others change are found when the project opens again. */
  failed(message: string): void;
}

export interface ProjectFollower {
  /** Of Git; undefined outside repositories. */
  readonly branch: string | undefined;
  close(): Promise<void>;
}

/** Follows what others do to a project's files. A checkout, which holds Git's lock meanwhile, comes as one change. */
export async function followProject(folder: string, listeners: FollowListeners): Promise<ProjectFollower> {
  const head = await findGitHead(folder);
  let branch = head && (await readBranch(head));
  let work = Promise.resolve();
  const enqueue = (next: () => Promise<void>) => {
    work = work.then(next).catch((error: unknown) => listeners.failed(`Changes on disk were not taken in: ${error}`));
  };
  const watched = await watchFolder(folder, {
    lock: head?.lock,
    changed: (paths) => enqueue(() => listeners.changed(paths)),
    failed: listeners.failed,
  });
  const headWatched =
    head &&
    (await watchHead(
      head,
      async () => {
        const now = await readBranch(head);
        if (now === undefined || now === branch) return;
        branch = now;
        listeners.branch(now);
      },
      enqueue,
      watched.release,
    ));
  return {
    get branch() {
      return branch;
    },
    async close() {
      watched.close();
      headWatched?.();
      await work;
    },
  };
}

async function watchHead(
  head: GitHead,
  changed: () => Promise<void>,
  enqueue: (next: () => Promise<void>) => void,
  release: () => void,
): Promise<() => void> {
  const { watch } = await import('node:fs');
  try {
    const watcher = watch(head.folder, (_, name) => {
      if (name === null || name === 'HEAD') enqueue(changed);
      if (name === null || name === 'index.lock' || name === 'index') release();
    });
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    // Without it the branch in the status bar stays as it was.
    return () => undefined;
  }
}
