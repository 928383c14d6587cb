import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { filtersOf, isPlain, sameView, searchOf, type SavedView } from '../savedViews';
import type { InboxSearch } from '../search';
import { useSavedViews } from '../useSavedViews';

interface Props {
  view: SavedView;
  search: InboxSearch;
  edit: () => void;
}

/** What can be done with a saved view that one may change. */
export function SavedViewMenu({ view, search, edit }: Props) {
  const { t } = useTranslation('inbox');
  const { change, remove } = useSavedViews();
  const other = !isPlain(search) && !sameView(search, searchOf(view.filters));
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="sm" aria-label={t('saved.more', { name: view.name })}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={edit}>{t('saved.edit')}</Menu.Item>
        {other && (
          <Menu.Item onClick={() => change.mutate({ view, to: { filters: filtersOf(search) } })}>
            {t('saved.replace')}
          </Menu.Item>
        )}
        <Menu.Item color="red" onClick={() => remove.mutate(view)}>
          {t('saved.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
