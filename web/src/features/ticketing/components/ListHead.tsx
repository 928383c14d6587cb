import { ActionIcon, Drawer, Select } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from '@/shared/ui/ListHead.module.css';
import { SearchField } from '@/shared/ui/SearchField';
import { viewOf, type TicketSearch } from '../search';
import { FilterPanel } from './FilterPanel';
import { useViews } from './TicketViews';

export const SEARCH_ID = 'tickets-search';

/** The search; on narrow screens the views and filters, too. */
export function ListHead({ search }: { search: TicketSearch }) {
  const { t } = useTranslation(['ticketing', 'common']);
  const navigate = useNavigate();
  const [opened, drawer] = useDisclosure(false);
  const { momentary, states } = useViews();
  const go = (more: Partial<TicketSearch>) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, ...more }), replace: true });
  const views = [...momentary, ...states];
  return (
    <div className={classes.head}>
      <SearchField
        id={SEARCH_ID}
        label={t('filter.search')}
        placeholder={t('filter.placeholder')}
        clear={t('filter.clear')}
        given={search.q ?? ''}
        find={(q) => go({ q })}
      />
      <div className={classes.narrow}>
        <Select
          size="sm"
          aria-label={t('views.label')}
          allowDeselect={false}
          data={views.map((value) => ({ value, label: t(`views.${value}`) }))}
          value={viewOf(search)}
          onChange={(view) => view && go({ view })}
        />
        <ActionIcon size={36} variant="default" aria-label={t('filter.more')} onClick={drawer.open}>
          <IconAdjustmentsHorizontal size={18} aria-hidden />
        </ActionIcon>
      </div>
      <Drawer
        opened={opened}
        onClose={drawer.close}
        title={t('filter.more')}
        position="bottom"
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <FilterPanel search={search} />
      </Drawer>
    </div>
  );
}
