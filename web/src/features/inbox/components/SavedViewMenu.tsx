import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTellProblem } from '@/shared/lib/useTellProblem';
import { filtersOf, isPlain, isShown, showsWhole, type SavedView } from '../savedViews';
import type { InboxSearch } from '../search';
import { useSavedViews } from '../useSavedViews';

interface Props {
  view: SavedView;
  search: InboxSearch;
  edit: () => void;
}

const Confirm = lazy(async () => ({ default: (await import('@/shared/ui/Confirm')).Confirm }));

/** What can be done with a saved view that one may change. */
export function SavedViewMenu({ view, search, edit }: Props) {
  const { t } = useTranslation('inbox');
  const { change, remove } = useSavedViews();
  const onError = useTellProblem();
  const [asked, ask] = useState<'replace' | 'remove'>();
  const whole = showsWhole(view.filters);
  const other = !isPlain(search) && !isShown(view.filters, search);
  const replacement = { view, to: { filters: filtersOf(search) } };
  const acts = {
    replace: () => change.mutateAsync(replacement),
    remove: () => remove.mutateAsync(view),
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size="sm" aria-label={t('saved.more', { name: view.name })}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={edit}>{t('saved.edit')}</Menu.Item>
          {other && (
            <Menu.Item
              onClick={() => (whole ? change.mutate(replacement, { onError }) : ask('replace'))}
            >
              {t('saved.replace')}
            </Menu.Item>
          )}
          <Menu.Item
            color="red"
            onClick={() => (view.shared ? ask('remove') : remove.mutate(view, { onError }))}
          >
            {t('saved.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {asked && (
          <Confirm
            title={view.name}
            action={t(`saved.${asked}`)}
            run={acts[asked]}
            close={() => ask(undefined)}
          >
            {t(asked === 'remove' ? 'saved.removesForAll' : 'saved.losesFilters')}
          </Confirm>
        )}
      </Suspense>
    </>
  );
}
