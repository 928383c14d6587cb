import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/shared/api/client';

export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: () => ask(api.GET('/api/v1/team/account')),
});

export const sessionsQuery = queryOptions({
  queryKey: ['account', 'sessions'],
  queryFn: () => ask(api.GET('/api/v1/team/account/sessions')),
});

export const apiKeysQuery = queryOptions({
  queryKey: ['account', 'api-keys'],
  queryFn: () => ask(api.GET('/api/v1/team/api-keys')),
});

export function invitationQuery(token: string) {
  return queryOptions({
    queryKey: ['invitation', token],
    queryFn: () => ask(api.GET('/api/v1/invitations/{token}', { params: { path: { token } } })),
    retry: false,
  });
}

const PAGE = 50;

export interface PeopleSearch {
  text?: string;
  role?: string;
  team?: string;
}

export function membersQuery({ text, role, team }: PeopleSearch) {
  return infiniteQueryOptions({
    queryKey: ['team', 'members', 'list', { text, role, team }],
    queryFn: ({ pageParam }) => {
      const query = {
        text: text ?? null,
        role_id: role ?? null,
        team_id: team ?? null,
        limit: PAGE,
        cursor: pageParam,
      };
      return ask(api.GET('/api/v1/team/members', { params: { query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function memberQuery(member_id: string) {
  return queryOptions({
    queryKey: ['team', 'members', 'one', member_id],
    queryFn: () =>
      ask(api.GET('/api/v1/team/members/{member_id}', { params: { path: { member_id } } })),
  });
}

export const rolesQuery = queryOptions({
  queryKey: ['team', 'roles'],
  queryFn: () => ask(api.GET('/api/v1/team/roles')),
});

/** What modules, levels and rights mean; the same for everybody. */
export const permissionsQuery = queryOptions({
  queryKey: ['team', 'permissions'],
  queryFn: () => ask(api.GET('/api/v1/team/permissions')),
  staleTime: Infinity,
});

export const invitationsQuery = queryOptions({
  queryKey: ['team', 'invitations'],
  queryFn: () => ask(api.GET('/api/v1/team/invitations')),
});

export const networksQuery = queryOptions({
  queryKey: ['team', 'networks'],
  queryFn: () => ask(api.GET('/api/v1/team/networks')),
  staleTime: 300_000,
});

export const profilesQuery = queryOptions({
  queryKey: ['profiles', 'connections'],
  queryFn: () => ask(api.GET('/api/v1/team/profiles')),
});

export function profileQuery(profile_id: string) {
  return queryOptions({
    queryKey: ['profiles', 'connection', profile_id],
    queryFn: () =>
      ask(api.GET('/api/v1/team/profiles/{profile_id}', { params: { path: { profile_id } } })),
  });
}

/** What came in for each profile and what became of it, as the inbox counts it. */
export const healthQuery = queryOptions({
  queryKey: ['profiles', 'health'],
  queryFn: async () => {
    const profiles = await ask(api.GET('/api/v1/inbox/profiles'));
    return profiles.map(({ health }) => health);
  },
});
