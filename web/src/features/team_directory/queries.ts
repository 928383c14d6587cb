import { queryOptions } from '@tanstack/react-query';
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
