import type { InfiniteData } from '@tanstack/react-query';
import type { Effect, LiveEvent, LiveRule } from '@/shared/lib/live';
import { patched, type Page } from '@/shared/lib/rows';
import type { Summary } from './search';

const OF_A_TICKET = [
  'ticketing.ticket_opened',
  'ticketing.ticket_assigned',
  'ticketing.ticket_state_changed',
  'ticketing.ticket_prioritised',
  'ticketing.ticket_tagged',
  'ticketing.ticket_renamed',
  'ticketing.ticket_watchers_changed',
  'ticketing.ticket_note_added',
  'ticketing.sla_near',
  'ticketing.sla_missed',
  'ticketing.sla_met',
  'gateway.ticket_left',
];

const CARRIED = [
  'assignee_id',
  'team_id',
  'subject',
  'watcher_ids',
  'state',
  'priority',
  'tags',
] as const;

/** The fields of a row that an event carries. */
function fieldsOf({ data }: LiveEvent): Partial<Summary> {
  return Object.fromEntries(
    CARRIED.filter((name) => name in data).map((name) => [name, data[name]]),
  );
}

function rowPatch(event: LiveEvent): Effect[] {
  const { ticket_id: id, ticket_version: version } = event.data;
  if (typeof id !== 'string' || typeof version !== 'number') return [];
  const fields = fieldsOf(event);
  const patch = (cached: unknown) => {
    const list = cached as InfiniteData<Page<Summary>>;
    const pages = list.pages.map((page) => ({
      ...page,
      items: page.items.map((row) => patched(row, id, version, fields)),
    }));
    return { ...list, pages };
  };
  return [{ do: 'patch', key: ['tickets', 'list'], patch }];
}

const refetch = (...key: unknown[]): Effect => ({ do: 'refetch', key });
const LISTS = [refetch('tickets', 'head'), refetch('tickets', 'counts')];

const ticketRule: LiveRule = {
  types: OF_A_TICKET,
  effects: (event) => {
    const { ticket_id: id, conversation_id: conversation } = event.data;
    return [
      ...rowPatch(event),
      ...['ticket', 'notes', 'history'].map((part) => refetch('tickets', part, id)),
      refetch('tickets', 'of', conversation),
      ...LISTS,
    ];
  },
};

/** What is written starts and stops clocks. */
const writingRule: LiveRule = {
  types: ['inbox.interaction_received'],
  effects: () => [refetch('tickets', 'ticket'), refetch('tickets', 'history'), ...LISTS],
};

export const ticketingRules: readonly LiveRule[] = [ticketRule, writingRule];
