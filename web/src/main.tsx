import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '@mantine/spotlight/styles.layer.css';
import './shared/ui/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { startStrings } from './shared/lib/i18n';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root.');
await startStrings();
createRoot(root).render(<App />);
