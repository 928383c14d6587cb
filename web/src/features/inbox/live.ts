import { rowPatches, type LiveRule } from '@/shared/lib/live';
import type { Summary } from './search';

const OF_A_CONVERSATION = [
  'inbox.conversation_opened',
  'inbox.interaction_received',
  'inbox.interaction_changed',
  'inbox.conversation_assigned',
  'inbox.conversation_tagged',
  'inbox.conversation_state_changed',
  'inbox.conversation_prioritised',
  'inbox.note_added',
  'inbox.note_changed',
  'inbox.action_changed',
  'gateway.conversation_left',
];

const CARRIED = ['assignee_id', 'team_id', 'state', 'snoozed_until', 'priority'] as const;

const ROWS = { id: 'conversation_id', version: 'conversation_version', fields: CARRIED };

const conversationRule: LiveRule = {
  types: OF_A_CONVERSATION,
  effects: (event) => {
    const id = event.data.conversation_id;
    const shown = ['conversation', 'interactions', 'timeline'].map((part) => ({
      do: 'refetch' as const,
      key: ['inbox', part, id],
    }));
    return [
      ...rowPatches<Summary>(event, ROWS, [['inbox', 'list']]),
      ...shown,
      { do: 'refetch', key: ['inbox', 'head'] },
      { do: 'refetch', key: ['inbox', 'counts'] },
    ];
  },
};

const contactRule: LiveRule = {
  types: ['inbox.contact_saved'],
  effects: ({ data }) => [
    { do: 'refetch', key: ['inbox', 'contact', data.contact_id] },
    { do: 'refetch', key: ['inbox', 'history', data.contact_id] },
  ],
};

const profileRule: LiveRule = {
  types: ['inbox.profile_health_changed', 'team_directory.profile_saved'],
  effects: () => [{ do: 'refetch', key: ['inbox', 'profiles'] }],
};

export const inboxRules: readonly LiveRule[] = [conversationRule, contactRule, profileRule];
