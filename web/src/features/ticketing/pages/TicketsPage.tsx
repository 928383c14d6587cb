import { VisuallyHidden } from '@mantine/core';
import { getRouteApi, Outlet, useLocation, useParams } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '@/shared/ui/Panes.module.css';
import { Loading } from '@/shared/ui/States';
import { TicketList } from '../components/TicketList';
import { TicketViews } from '../components/TicketViews';

const route = getRouteApi('/desk/tickets');

/** Three panes: views, the list, one ticket; a phone shows one of the last two. */
export function TicketsPage() {
  const { t } = useTranslation('ticketing');
  const search = route.useSearch();
  const { ticketId } = useParams({ strict: false });
  const open = useLocation().pathname.replace(/\/$/, '') !== '/tickets';
  return (
    <div className={classes.panes} data-open={open}>
      <VisuallyHidden component="h1">{t('title')}</VisuallyHidden>
      <TicketViews className={classes.views} search={search} />
      <section className={classes.list} aria-label={t('list.label')}>
        <TicketList search={search} current={ticketId} />
      </section>
      <div className={classes.pane}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </div>
    </div>
  );
}
