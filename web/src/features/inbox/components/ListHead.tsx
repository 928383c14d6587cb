import { ActionIcon, Select } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { SearchField } from '@/shared/ui/SearchField';
import { savedViewsQuery } from '../queries';
import { sameView, searchOf } from '../savedViews';
import { VIEWS, type InboxSearch } from '../search';
import classes from '@/shared/ui/ListHead.module.css';

const FilterDrawer = lazy(async () => ({
  default: (await import('./FilterDrawer')).FilterDrawer,
}));

export const SEARCH_ID = 'inbox-search';

/** The search; on narrow screens the views and filters, too. */
export function ListHead({ search }: { search: InboxSearch }) {
  const { t } = useTranslation('inbox');
  const navigate = useNavigate();
  const [opened, drawer] = useDisclosure(false);
  const go = (more: Partial<InboxSearch>) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, ...more }), replace: true });
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
        <ViewSelect search={search} />
        <ActionIcon size={36} variant="default" aria-label={t('filter.more')} onClick={drawer.open}>
          <IconAdjustmentsHorizontal size={18} aria-hidden />
        </ActionIcon>
      </div>
      <Suspense>{opened && <FilterDrawer search={search} close={drawer.close} />}</Suspense>
    </div>
  );
}

/** All views in one field, where there is no room for them beside the list. */
function ViewSelect({ search }: { search: InboxSearch }) {
  const { t } = useTranslation('inbox');
  const navigate = useNavigate();
  const saved = useQuery(savedViewsQuery).data ?? [];
  const items = VIEWS.map((value) => ({ value, label: t(`views.${value}`) }));
  const kept = saved.map(({ id, name }) => ({ value: id, label: name }));
  const choose = (chosen: string) => {
    const view = VIEWS.find((name) => name === chosen);
    const found = saved.find(({ id }) => id === chosen);
    const next = found ? searchOf(found.filters) : { ...search, ...(view && { view }) };
    void navigate({ to: '.', search: next, replace: true });
  };
  const current = saved.find(({ filters }) => sameView(searchOf(filters), search));
  return (
    <Select
      size="sm"
      aria-label={t('views.label')}
      allowDeselect={false}
      data={[
        { group: t('views.label'), items },
        ...(kept.length ? [{ group: t('saved.label'), items: kept }] : []),
      ]}
      value={current?.id ?? search.view ?? 'open'}
      onChange={(chosen) => chosen && choose(chosen)}
    />
  );
}
