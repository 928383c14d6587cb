import { Button, Text } from '@mantine/core';
import { IconBookmarkPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { useCommands } from '@/shared/lib/commands';
import { ViewLink } from '@/shared/ui/ViewLink';
import classes from '@/shared/ui/Views.module.css';
import { savedCountsQuery, savedViewsQuery } from '../queries';
import { filtersOf, isPlain, isShown, searchOf, showsWhole, type SavedView } from '../savedViews';
import type { InboxSearch } from '../search';
import { useSavedViews } from '../useSavedViews';
import type { Named } from './SavedViewDialog';
import { SavedViewMenu } from './SavedViewMenu';

const SavedViewDialog = lazy(async () => ({
  default: (await import('./SavedViewDialog')).SavedViewDialog,
}));

const NEW: Named = { name: '', shared: false };

/** One's own views and those that are shared, and the keeping of what is shown now. */
export function SavedViews({ search }: { search: InboxSearch }) {
  const { t } = useTranslation('inbox');
  const { id: me, may } = useSession();
  const views = useQuery(savedViewsQuery).data ?? [];
  const counts = useQuery({ ...savedCountsQuery, enabled: views.length > 0 }).data;
  const [edited, edit] = useState<SavedView | typeof NEW>();
  const { create, change } = useSavedViews();
  useViewCommands(views);
  const isCurrent = (view: SavedView) => isShown(view.filters, search);
  const mayChange = (view: SavedView) =>
    view.shared ? may('inbox', 'approve') : view.owner_id === me;
  const keepable = !isPlain(search) && !views.some(isCurrent);
  const changed = edited && 'id' in edited ? edited : undefined;
  const save = (named: Named) => {
    // After a refusal it may be known anew.
    const newest = views.find(({ id }) => id === changed?.id) ?? changed;
    if (newest) return change.mutateAsync({ view: newest, to: named });
    return create.mutateAsync({ ...named, filters: filtersOf(search) });
  };
  if (views.length === 0 && !keepable) return null;
  return (
    <nav className={classes.views} aria-label={t('saved.label')}>
      <Text component="h2" className={classes.heading}>
        {t('saved.label')}
      </Text>
      {views.map((view) => (
        <div key={view.id} className={classes.saved}>
          <ViewLink
            to="/inbox"
            name={view.name}
            search={searchOf(view.filters)}
            current={isCurrent(view)}
            note={showsWhole(view.filters) ? undefined : t('saved.partly')}
            count={counts?.find(({ id }) => id === view.id)?.count}
          />
          {mayChange(view) && <SavedViewMenu view={view} search={search} edit={() => edit(view)} />}
        </div>
      ))}
      {keepable && (
        <Button
          size="xs"
          variant="subtle"
          justify="flex-start"
          leftSection={<IconBookmarkPlus size={16} aria-hidden />}
          onClick={() => edit(NEW)}
        >
          {t('saved.keep')}
        </Button>
      )}
      <Suspense>
        {edited && (
          <SavedViewDialog
            title={t(changed ? 'saved.edit' : 'saved.keep')}
            given={edited}
            close={() => edit(undefined)}
            save={save}
          />
        )}
      </Suspense>
    </nav>
  );
}

/** Each is one step away in the palette. */
function useViewCommands(views: readonly SavedView[]): void {
  const { t } = useTranslation('inbox');
  const navigate = useNavigate();
  useCommands(
    views.map(({ id, name, filters }) => ({
      id: `inbox.view.${id}`,
      label: t('saved.open', { name }),
      section: t('keys.section'),
      run: () => void navigate({ to: '/inbox', search: searchOf(filters) }),
    })),
  );
}
