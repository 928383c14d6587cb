import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/shared/api/client';
import { readLetters, type ServiceName } from './letters';
import { lookAgainIn, type DeliveryState } from './webhooks';

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

export const webhooksQuery = queryOptions({
  queryKey: ['team', 'webhooks'],
  queryFn: () => ask(api.GET('/api/v1/team/webhooks')),
});

export const eventTypesQuery = queryOptions({
  queryKey: ['team', 'webhook-event-types'],
  queryFn: () => ask(api.GET('/api/v1/team/webhooks/event-types')),
  staleTime: 300_000,
});

export function webhookQuery(webhook_id: string) {
  return queryOptions({
    queryKey: ['team', 'webhooks', webhook_id],
    queryFn: () =>
      ask(api.GET('/api/v1/team/webhooks/{webhook_id}', { params: { path: { webhook_id } } })),
  });
}

/** The log of an endpoint; it is looked at again when what is on its way is tried next. */
export function deliveriesQuery(webhook_id: string, state: DeliveryState | undefined) {
  return infiniteQueryOptions({
    queryKey: ['team', 'webhooks', webhook_id, 'deliveries', state ?? 'all'],
    queryFn: ({ pageParam }) => {
      const query = { limit: PAGE, cursor: pageParam, state: state ?? null };
      const params = { path: { webhook_id }, query };
      return ask(api.GET('/api/v1/team/webhooks/{webhook_id}/deliveries', { params }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: ({ state: { data } }) =>
      lookAgainIn(data?.pages.flatMap((page) => page.items) ?? []),
  });
}

export function deliveryQuery(webhook_id: string, delivery_id: string) {
  return queryOptions({
    queryKey: ['team', 'webhooks', webhook_id, 'delivery', delivery_id],
    queryFn: () => {
      const params = { path: { webhook_id, delivery_id } };
      return ask(
        api.GET('/api/v1/team/webhooks/{webhook_id}/deliveries/{delivery_id}', { params }),
      );
    },
    refetchInterval: ({ state: { data } }) => lookAgainIn(data ? [data] : []),
  });
}

export interface AuditWanted {
  actor_id: string | null;
  action: string | null;
  since: string | null;
  until: string | null;
}

export function auditQuery(wanted: AuditWanted) {
  return infiniteQueryOptions({
    queryKey: ['team', 'audit', wanted],
    queryFn: ({ pageParam }) => {
      const query = { ...wanted, limit: PAGE, cursor: pageParam };
      return ask(api.GET('/api/v1/team/audit', { params: { query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

export function lettersQuery(service: ServiceName) {
  return queryOptions({
    queryKey: ['team', 'letters', 'events', service],
    queryFn: () => readLetters(service),
  });
}

/** What networks handed over and the inbox could not handle. */
export const failedDeliveriesQuery = infiniteQueryOptions({
  queryKey: ['team', 'letters', 'deliveries'],
  queryFn: ({ pageParam }) => {
    const query = { state: 'failed' as const, limit: PAGE, cursor: pageParam };
    return ask(api.GET('/api/v1/inbox/deliveries', { params: { query } }));
  },
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});
