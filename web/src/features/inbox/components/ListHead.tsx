import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ListHead as SharedHead } from '@/shared/ui/ListHead';
import { savedViewsQuery } from '../queries';
import { isShown, searchOf, showsWhole } from '../savedViews';
import { VIEWS, type InboxSearch } from '../search';
import { FilterPanel } from './FilterPanel';

export const SEARCH_ID = 'inbox-search';

export function ListHead({ search }: { search: InboxSearch }) {
  const { t } = useTranslation('inbox');
  const navigate = useNavigate();
  return (
    <SharedHead
      id={SEARCH_ID}
      label={t('filter.search')}
      placeholder={t('filter.placeholder')}
      clear={t('filter.clear')}
      given={search.q ?? ''}
      find={(q) =>
        void navigate({ to: '.', search: (before: object) => ({ ...before, q }), replace: true })
      }
      views={<ViewSelect search={search} />}
      filters={{ label: t('filter.more'), shown: <FilterPanel search={search} /> }}
    />
  );
}

/** All views in one field, where there is no room for them beside the list. */
function ViewSelect({ search }: { search: InboxSearch }) {
  const { t } = useTranslation('inbox');
  const navigate = useNavigate();
  const saved = useQuery(savedViewsQuery).data ?? [];
  const items = VIEWS.map((value) => ({ value, label: t(`views.${value}`) }));
  const kept = saved.map(({ id, name, filters }) => ({
    value: id,
    label: showsWhole(filters) ? name : t('saved.inPart', { name }),
  }));
  const choose = (chosen: string) => {
    const view = VIEWS.find((name) => name === chosen);
    const found = saved.find(({ id }) => id === chosen);
    const next = found ? searchOf(found.filters) : { ...search, ...(view && { view }) };
    void navigate({ to: '.', search: next, replace: true });
  };
  const current = saved.find(({ filters }) => isShown(filters, search));
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
