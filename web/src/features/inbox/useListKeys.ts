import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useWalk } from '@/shared/lib/useWalk';
import { SEARCH_ID } from './components/ListHead';
import type { InboxSearch, Summary } from './search';
import { useSelection } from './selection';

/** The inbox's list without a mouse: walking, and selecting several. */
export function useListKeys(
  rows: readonly Summary[],
  search: InboxSearch,
  current: string | undefined,
): void {
  const { t } = useTranslation('inbox');
  const navigate = useNavigate();
  const { toggle } = useSelection();
  const section = t('keys.section');
  const go = ({ id }: Summary) => {
    const params = { conversationId: id };
    void navigate({ to: '/inbox/$conversationId', params, search, replace: current !== undefined });
  };
  const run = () => {
    const row = rows.find((each) => each.id === current);
    if (row) toggle(row);
  };
  const select = { id: 'inbox.select', label: t('keys.select'), section, keys: 'x', run };
  const more = [{ ...select, keyOnly: true }];
  const where = { paneId: 'conversation', searchId: SEARCH_ID };
  useWalk({ area: 'inbox', section, rows, current, go, more, ...where });
}
