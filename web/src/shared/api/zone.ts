import { queryOptions } from '@tanstack/react-query';
import { api, ask } from './client';

/** The zone of the workspace, in which its days begin and end. */
export const workspaceZoneQuery = queryOptions({
  queryKey: ['workspace-zone'],
  queryFn: async () => {
    const workspaces = await ask(api.GET('/api/v1/team/workspaces'));
    return workspaces.find(({ current }) => current)?.time_zone ?? 'UTC';
  },
  staleTime: 300_000,
});
