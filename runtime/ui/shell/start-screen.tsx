import type { ReactNode } from 'react';
import './shell.css';

interface StartScreenProps {
  readonly title: string;
  readonly message?: string | undefined;
  readonly action?: { readonly caption: string; run(): void } | undefined;
  readonly busy?: boolean;
  /** 0 to 1, where it is known. */
  readonly progress?: number | null;
  readonly children?: ReactNode;
}

/** A whole screen that says one thing: starting, getting data, what is wrong. */
export function StartScreen({ title, message, action, busy = false, progress, children }: StartScreenProps) {
  return (
    <main className="start">
      <img src="/icon.svg" alt="" width="72" height="72" />
      <h1>{title}</h1>
      {message && <p>{message}</p>}
      {busy && (
        <div
          className="progress"
          role="progressbar"
          aria-label={title}
          aria-valuenow={progress == null ? undefined : Math.round(progress * 100)}
        >
          <div
            className={progress == null ? 'progress-bar progress-unknown' : 'progress-bar'}
            style={progress == null ? undefined : { width: `${progress * 100}%` }}
          />
        </div>
      )}
      {action && (
        <button type="button" className="button button-primary" onClick={action.run}>
          {action.caption}
        </button>
      )}
      {children}
    </main>
  );
}
