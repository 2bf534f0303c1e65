import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

if ('serviceWorker' in navigator && isSecureContext) {
  // Without it the app runs too; it only cannot start without a network.
  navigator.serviceWorker.register('/service-worker.js', { type: 'module' }).catch((error: unknown) => {
    console.warn('The shell is not kept for starting offline.', error);
  });
}

const place = document.getElementById('app');
if (place) createRoot(place).render(<App />);
