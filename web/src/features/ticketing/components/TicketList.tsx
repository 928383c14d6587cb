import { useQuery, useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { IconTicket } from '@tabler/icons-react';
import { useSession } from '@/shared/api/session';
import { mergeHead } from '@/shared/lib/rows';
import { useWalk } from '@/shared/lib/useWalk';
import { Empty } from '@/shared/ui/States';
import { VirtualList } from '@/shared/ui/VirtualList';
import { headQuery, listQueryOptions } from '../queries';
import { belongs, isOlder, viewOf, type Summary, type TicketSearch } from '../search';
import { ListHead, SEARCH_ID } from './ListHead';
import { TicketRow } from './TicketRow';

interface Props {
  search: TicketSearch;
  current: string | undefined;
}

const ROW_PIXELS = 84;

function useRows(search: TicketSearch) {
  const session = useSession();
  const teams = session.who.team_ids;
  const list = useSuspenseInfiniteQuery(listQueryOptions(search, teams));
  const head = useQuery({
    ...headQuery(search, teams),
    initialData: list.data.pages[0],
    initialDataUpdatedAt: list.dataUpdatedAt,
  });
  const pages = list.data.pages.flatMap((page) => page.items);
  const rows = search.sort === 'due' ? pages : mergeHead(pages, head.data, isOlder);
  const more = list.hasNextPage && !list.isFetchingNextPage;
  return {
    rows: rows.filter((row) => belongs(row, viewOf(search), session)),
    readMore: more ? () => void list.fetchNextPage() : undefined,
  };
}

export function TicketList({ search, current }: Props) {
  const { t } = useTranslation('ticketing');
  const navigate = useNavigate();
  const { rows, readMore } = useRows(search);
  const go = ({ id }: Summary) => {
    const params = { ticketId: id };
    void navigate({ to: '/tickets/$ticketId', params, search, replace: current !== undefined });
  };
  const section = t('keys.section');
  useWalk({ area: 'tickets', section, rows, current, go, paneId: 'ticket', searchId: SEARCH_ID });
  return (
    <>
      <ListHead search={search} />
      <VirtualList
        label={t('list.label')}
        rows={rows}
        current={current}
        rowPixels={ROW_PIXELS}
        draw={(row) => <TicketRow row={row} search={search} current={row.id === current} />}
        empty={<NothingHere search={search} />}
        readMore={readMore}
      />
    </>
  );
}

/** Why the list is empty, and what would fill it. */
function NothingHere({ search }: { search: TicketSearch }) {
  const { t } = useTranslation('ticketing');
  const plain = Object.keys(search).every((name) => name === 'view' || name === 'sort');
  return (
    <Empty icon={IconTicket} title={t('list.empty')}>
      {plain ? t('list.emptyView') : t('list.emptyFilter')}
    </Empty>
  );
}
