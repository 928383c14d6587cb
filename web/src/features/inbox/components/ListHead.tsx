import { ActionIcon, CloseButton, Drawer, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { savedViewsQuery } from '../queries';
import { sameView, searchOf } from '../savedViews';
import { VIEWS, type InboxSearch } from '../search';
import { FilterPanel } from './FilterPanel';
import classes from './ListHead.module.css';

export const SEARCH_ID = 'inbox-search';
const PAUSE_MILLISECONDS = 250;

/** The search; on narrow screens the views and filters, too. */
export function ListHead({ search }: { search: InboxSearch }) {
  const { t } = useTranslation(['inbox', 'common']);
  const navigate = useNavigate();
  const [opened, drawer] = useDisclosure(false);
  const go = (more: Partial<InboxSearch>) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, ...more }), replace: true });
  return (
    <div className={classes.head}>
      <SearchField given={search.q ?? ''} find={(q) => go({ q })} />
      <div className={classes.narrow}>
        <ViewSelect search={search} />
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

function SearchField({ given, find }: { given: string; find: (q: string) => void }) {
  const { t } = useTranslation('inbox');
  const [text, setText] = useState(given);
  const findSoon = useDebouncedCallback(find, PAUSE_MILLISECONDS);
  const write = (next: string) => {
    setText(next);
    findSoon(next);
  };
  return (
    <TextInput
      id={SEARCH_ID}
      type="search"
      aria-label={t('filter.search')}
      placeholder={t('filter.placeholder')}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        text && <CloseButton size="sm" aria-label={t('filter.clear')} onClick={() => write('')} />
      }
      value={text}
      onChange={(event) => write(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
    />
  );
}
