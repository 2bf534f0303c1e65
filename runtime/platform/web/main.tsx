import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

/** About what a first start takes. */
const KEEP_AFTER_MS = 2_000;

if ('serviceWorker' in navigator && isSecureContext) {
  // Once the page has come: what is kept for starting offline must not hold up what is started now.
  addEventListener('load', () => setTimeout(keepShell, KEEP_AFTER_MS), { once: true });
}

function keepShell(): void {
  // Without it the app runs too; it only cannot start without a network.
  navigator.serviceWorker.register('/service-worker.js', { type: 'module' }).catch((error: unknown) => {
    console.warn('The shell is not kept for starting offline.', error);
  });
}

const place = document.getElementById('app');
if (place) createRoot(place).render(<App />);
