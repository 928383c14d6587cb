import { VisuallyHidden } from '@mantine/core';
import { getRouteApi, Outlet, useParams } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '@/shared/ui/States';
import { List } from '../components/List';
import { Views } from '../components/Views';
import classes from '@/shared/ui/Panes.module.css';
import { SelectionProvider } from '../selection';

const route = getRouteApi('/desk/inbox');

/** Three panes: views, the list, one conversation; a phone shows one of the last two. */
export function InboxPage() {
  const { t } = useTranslation('inbox');
  const search = route.useSearch();
  const { conversationId } = useParams({ strict: false });
  return (
    <SelectionProvider>
      <div className={classes.panes} data-open={conversationId !== undefined}>
        <VisuallyHidden component="h1">{t('title')}</VisuallyHidden>
        <Views className={classes.views} search={search} />
        <section className={classes.list} aria-label={t('list.label')}>
          <List search={search} current={conversationId} />
        </section>
        <div className={classes.pane}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </div>
      </div>
    </SelectionProvider>
  );
}
