import { Select } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ListHead as SharedHead } from '@/shared/ui/ListHead';
import { viewOf, type TicketSearch } from '../search';
import { FilterPanel } from './FilterPanel';
import { useViews } from './TicketViews';

export const SEARCH_ID = 'tickets-search';

export function ListHead({ search }: { search: TicketSearch }) {
  const { t } = useTranslation('ticketing');
  const navigate = useNavigate();
  const { momentary, states } = useViews();
  const go = (more: Partial<TicketSearch>) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, ...more }), replace: true });
  return (
    <SharedHead
      id={SEARCH_ID}
      label={t('filter.search')}
      placeholder={t('filter.placeholder')}
      clear={t('filter.clear')}
      given={search.q ?? ''}
      find={(q) => go({ q })}
      views={
        <Select
          size="sm"
          aria-label={t('views.label')}
          allowDeselect={false}
          data={[...momentary, ...states].map((value) => ({ value, label: t(`views.${value}`) }))}
          value={viewOf(search)}
          onChange={(view) => view && go({ view })}
        />
      }
      filters={{ label: t('filter.more'), shown: <FilterPanel search={search} /> }}
    />
  );
}
