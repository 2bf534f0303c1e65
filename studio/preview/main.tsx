import { createRoot } from 'react-dom/client';
import './preview.css';
import { PreviewPage } from './preview-page.tsx';

const place = document.getElementById('preview');
if (place) createRoot(place).render(<PreviewPage />);
