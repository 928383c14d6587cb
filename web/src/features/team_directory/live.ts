import { sessionQuery } from '@/shared/api/session';
import type { LiveRule } from '@/shared/lib/live';

/** Roles are listed with how many people have them; who left had invited some. */
const MEMBERS = [['people'], ['team', 'members'], ['team', 'invitations'], ['team', 'roles']];

const REFETCHED: Record<string, readonly unknown[][]> = {
  'team_directory.member_saved': MEMBERS,
  'team_directory.member_left': MEMBERS,
  'team_directory.team_saved': [['teams'], ['team', 'members']],
  'team_directory.team_removed': [['teams'], ['team', 'members']],
  'team_directory.profile_saved': [['profiles']],
  'team_directory.webhook_paused': [['team', 'webhooks']],
  'inbox.profile_health_changed': [['profiles'], ['team', 'letters']],
  'team_directory.notification_added': [
    ['notifications', 'unread'],
    ['notifications', 'list'],
  ],
  'team_directory.notifications_read': [
    ['notifications', 'unread'],
    ['notifications', 'list'],
  ],
  'team_directory.workspace_saved': [[...sessionQuery.queryKey]],
};

/** Few and rare: what they are about is asked for anew. */
export const teamDirectoryRules: readonly LiveRule[] = Object.entries(REFETCHED).map(
  ([type, keys]) => ({
    types: [type],
    effects: () => keys.map((key) => ({ do: 'refetch' as const, key })),
  }),
);
