import { getRouteApi, useLocation, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Panes } from '@/shared/ui/Panes';
import { TicketList } from '../components/TicketList';
import { TicketViews } from '../components/TicketViews';

const route = getRouteApi('/desk/tickets');

export function TicketsPage() {
  const { t } = useTranslation('ticketing');
  const search = route.useSearch();
  const { ticketId } = useParams({ strict: false });
  const open = useLocation().pathname.replace(/\/$/, '') !== '/tickets';
  return (
    <Panes
      title={t('title')}
      views={{ label: t('views.label'), shown: <TicketViews search={search} /> }}
      list={{
        label: t('list.label'),
        shown: <TicketList search={search} current={ticketId} />,
      }}
      open={open}
    />
  );
}
