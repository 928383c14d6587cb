import type { Metric } from './search';

/** The numbers that are compared together; the API tells at most eight at once. */
export const COLUMNS = {
  volume: [
    'received',
    'conversations',
    'replies',
    'automated_replies',
    'handled',
    'reopened',
    'response_rate',
  ],
  speed: ['first_response_time', 'next_response_time', 'resolution_time'],
  promises: ['sla_first_response', 'sla_next_response', 'sla_resolution'],
  publishing: [
    'planned_publications',
    'published',
    'failed_publications',
    'unknown_publications',
    'punctuality',
    'publication_delay',
  ],
} as const satisfies Record<string, readonly Metric[]>;
