import { inboxRules } from '@/features/inbox/live';
import { schedulerRules } from '@/features/scheduler/live';
import { teamDirectoryRules } from '@/features/team_directory/live';
import { ticketingRules } from '@/features/ticketing/live';
import type { LiveRule } from '@/shared/lib/live';

/** What live events mean; a feature adds its own rules. */
export const liveRules: readonly LiveRule[] = [
  ...inboxRules,
  ...schedulerRules,
  ...teamDirectoryRules,
  ...ticketingRules,
];
