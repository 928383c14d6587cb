import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  type QueryClient,
} from '@tanstack/react-query';
import { api, ask } from '@/shared/api/client';
import { listQuery, narrowing, type TicketSearch } from './search';

const PAGE = 100;
const HEAD = 50;
const NOTES = 200;
// Clocks run by themselves, and what a customer writes starts some without a word on the stream.
const MINUTE_MILLISECONDS = 60_000;

async function readList(
  search: TicketSearch,
  teams: readonly string[],
  limit: number,
  cursor: string | null,
) {
  const query = { ...listQuery(search, teams), limit, cursor };
  return ask(api.GET('/api/v1/tickets', { params: { query } }));
}

/** After a change, all of tickets is asked for anew but long lists, whose heads tell what is new. */
export function invalidateTickets(client: QueryClient): Promise<void> {
  return client.invalidateQueries({
    predicate: ({ queryKey: [area, part] }) => area === 'tickets' && part !== 'list',
  });
}

/**
 * The list as far as somebody has scrolled. By when they are due, tickets change their places without
 * being touched, and no head can tell where those are that have left it: such a list is read again.
 */
export function listQueryOptions(search: TicketSearch, teams: readonly string[]) {
  const byDue = search.sort === 'due';
  return infiniteQueryOptions({
    queryKey: ['tickets', byDue ? 'due' : 'list', search, teams],
    queryFn: ({ pageParam }) => readList(search, teams, PAGE, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    ...(byDue ? { refetchInterval: MINUTE_MILLISECONDS } : { staleTime: Infinity }), // The head brings what is new.
  });
}

/** The first rows of the list, which events ask for anew. */
export function headQuery(search: TicketSearch, teams: readonly string[]) {
  return queryOptions({
    queryKey: ['tickets', 'head', search, teams],
    queryFn: () => readList(search, teams, HEAD, null),
    enabled: search.sort !== 'due',
    refetchInterval: MINUTE_MILLISECONDS,
  });
}

export function countsQuery(search: TicketSearch) {
  const query = narrowing(search);
  return queryOptions({
    queryKey: ['tickets', 'counts', query],
    queryFn: () => ask(api.GET('/api/v1/tickets/counts', { params: { query } })),
    placeholderData: keepPreviousData,
    refetchInterval: MINUTE_MILLISECONDS,
  });
}

export function ticketQuery(ticket_id: string) {
  const params = { path: { ticket_id } };
  return queryOptions({
    queryKey: ['tickets', 'ticket', ticket_id],
    queryFn: () => ask(api.GET('/api/v1/tickets/{ticket_id}', { params })),
    refetchInterval: MINUTE_MILLISECONDS,
  });
}

export function notesQuery(ticket_id: string) {
  const params = { path: { ticket_id }, query: { limit: NOTES } };
  return queryOptions({
    queryKey: ['tickets', 'notes', ticket_id],
    queryFn: () => ask(api.GET('/api/v1/tickets/{ticket_id}/notes', { params })),
  });
}

export function historyQuery(ticket_id: string) {
  return infiniteQueryOptions({
    queryKey: ['tickets', 'history', ticket_id],
    queryFn: ({ pageParam: cursor }) =>
      ask(
        api.GET('/api/v1/tickets/{ticket_id}/history', {
          params: { path: { ticket_id }, query: { limit: PAGE, cursor } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

/** Every ticket that a conversation has had, the newest first. */
export function ticketsOfQuery(conversation_id: string) {
  const query = { conversation_id, limit: 10 };
  return queryOptions({
    queryKey: ['tickets', 'of', conversation_id],
    queryFn: () => ask(api.GET('/api/v1/tickets', { params: { query } })),
  });
}

export const calendarsQuery = queryOptions({
  queryKey: ['tickets', 'calendars'],
  queryFn: () => ask(api.GET('/api/v1/tickets/calendars')),
});

export const policiesQuery = queryOptions({
  queryKey: ['tickets', 'policies'],
  queryFn: () => ask(api.GET('/api/v1/tickets/policies')),
});
