import { rowPatches, type Effect, type LiveRule } from '@/shared/lib/live';
import type { Summary, Ticket } from './search';

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

const ROWS = { id: 'ticket_id', version: 'ticket_version', fields: CARRIED };

const refetch = (...key: unknown[]): Effect => ({ do: 'refetch', key });
const LISTS = ['head', 'due', 'counts'].map((part) => refetch('tickets', part));

const ticketRule: LiveRule = {
  types: OF_A_TICKET,
  effects: (event) => {
    const { ticket_id: id, conversation_id: conversation } = event.data;
    return [
      ...rowPatches<Summary>(event, ROWS, [
        ['tickets', 'list'],
        ['tickets', 'due'],
      ]),
      ...['ticket', 'notes', 'history'].map((part) => refetch('tickets', part, id)),
      refetch('tickets', 'of', conversation),
      ...LISTS,
    ];
  },
};

/** What is written starts and stops clocks of the tickets about its conversation. */
const writingRule: LiveRule = {
  types: ['inbox.interaction_received'],
  effects: ({ data }) => {
    const keys = (cached: unknown) => {
      const { id, conversation_id: conversation } = cached as Ticket;
      if (conversation !== data.conversation_id) return [];
      return ['ticket', 'history'].map((part) => ['tickets', part, id]);
    };
    return [{ do: 'refetchOf', key: ['tickets', 'ticket'], keys }, ...LISTS];
  },
};

/** What is promised to customers, and by which hours. */
const levelsRule: LiveRule = {
  types: [
    'ticketing.calendar_saved',
    'ticketing.calendar_removed',
    'ticketing.policy_saved',
    'ticketing.policy_removed',
  ],
  effects: () => [refetch('tickets', 'calendars'), refetch('tickets', 'policies')],
};

export const ticketingRules: readonly LiveRule[] = [ticketRule, writingRule, levelsRule];
