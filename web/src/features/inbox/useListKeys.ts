import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCommands } from '@/shared/lib/commands';
import { SEARCH_ID } from './components/ListHead';
import { neighbour } from '@/shared/lib/rows';
import type { InboxSearch, Summary } from './search';
import { useSelection } from './selection';

/** Walking through the list without a mouse. */
export function useListKeys(
  rows: readonly Summary[],
  search: InboxSearch,
  current: string | undefined,
): void {
  const { t } = useTranslation('inbox');
  const navigate = useNavigate();
  const { toggle } = useSelection();
  const section = t('keys.section');
  const go = (step: 1 | -1) => {
    const row = neighbour(rows, current, step);
    if (!row) return;
    const params = { conversationId: row.id };
    void navigate({ to: '/inbox/$conversationId', params, search, replace: current !== undefined });
  };
  const select = () => {
    const row = rows.find((each) => each.id === current);
    if (row) toggle(row);
  };
  const keyOnly = true;
  useCommands([
    { id: 'inbox.next', label: t('keys.next'), section, keys: 'j', keyOnly, run: () => go(1) },
    {
      id: 'inbox.previous',
      label: t('keys.previous'),
      section,
      keys: 'k',
      keyOnly,
      run: () => go(-1),
    },
    { id: 'inbox.select', label: t('keys.select'), section, keys: 'x', keyOnly, run: select },
    {
      id: 'inbox.open',
      label: t('keys.open'),
      section,
      keys: 'Enter',
      keyOnly,
      run: () => document.getElementById('conversation')?.focus(),
    },
    {
      id: 'inbox.search',
      label: t('keys.search'),
      section,
      keys: '/',
      run: () => document.getElementById(SEARCH_ID)?.focus(),
    },
  ]);
}
