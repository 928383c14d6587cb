import { Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { InboxSearch } from '../search';
import { FilterPanel } from './FilterPanel';

interface Props {
  search: InboxSearch;
  close: () => void;
}

/** The filters, where there is no room for them beside the list. */
export function FilterDrawer({ search, close }: Props) {
  const { t } = useTranslation(['inbox', 'common']);
  return (
    <Drawer
      opened
      onClose={close}
      title={t('filter.more')}
      position="bottom"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <FilterPanel search={search} />
    </Drawer>
  );
}
