import type { LiveRule } from '@/shared/lib/live';
import { POSTS, PROFILES } from './queries';

/** An event says that a post moved; what is shown of posts is asked for anew. */
export const schedulerRules: readonly LiveRule[] = [
  {
    types: [
      'scheduler.post_changed',
      'scheduler.publication_changed',
      'scheduler.publication_at_risk',
    ],
    effects: (event) => [
      { do: 'refetch', key: [POSTS, 'calendar'] },
      { do: 'refetch', key: [POSTS, 'drafts'] },
      { do: 'refetch', key: [POSTS, 'one', event.data.post_id] },
    ],
  },
  {
    types: ['team_directory.profile_saved'],
    effects: () => [{ do: 'refetch', key: [PROFILES] }],
  },
];
