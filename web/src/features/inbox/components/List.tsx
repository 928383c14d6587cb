import { useQuery, useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { mergeHead } from '@/shared/lib/rows';
import { VirtualList } from '@/shared/ui/VirtualList';
import { useListKeys } from '../useListKeys';
import { headQuery, listQueryOptions } from '../queries';
import { belongs, isOlder, type InboxSearch } from '../search';
import { useSelection } from '../selection';
import { ListHead } from './ListHead';
import { NothingHere } from './NothingHere';
import { Row } from './Row';

const BulkBar = lazy(async () => ({ default: (await import('./BulkBar')).BulkBar }));

interface Props {
  search: InboxSearch;
  current: string | undefined;
}

const ROW_PIXELS = 96;

/** Everything the list holds, newest first, and the asking for more of it. */
function useRows(search: InboxSearch) {
  const { id: me } = useSession();
  const list = useSuspenseInfiniteQuery(listQueryOptions(search));
  const head = useQuery({
    ...headQuery(search),
    initialData: list.data.pages[0],
    initialDataUpdatedAt: list.dataUpdatedAt,
  });
  const pages = list.data.pages.flatMap((page) => page.items);
  const rows = mergeHead(pages, head.data, isOlder).filter((row) => belongs(row, search, me));
  const more = list.hasNextPage && !list.isFetchingNextPage;
  return { rows, readMore: more ? () => void list.fetchNextPage() : undefined };
}

export function List({ search, current }: Props) {
  const { t } = useTranslation('inbox');
  const { rows, readMore } = useRows(search);
  const selection = useSelection();
  useListKeys(rows, search, current);
  return (
    <>
      <ListHead search={search} />
      <Suspense>{selection.rows.size > 0 && <BulkBar />}</Suspense>
      <VirtualList
        label={t('list.label')}
        rows={rows}
        current={current}
        rowPixels={ROW_PIXELS}
        draw={(row) => <Row row={row} search={search} current={row.id === current} />}
        empty={<NothingHere search={search} />}
        readMore={readMore}
      />
    </>
  );
}
