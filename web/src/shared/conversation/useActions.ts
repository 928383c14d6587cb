import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';
import { useTellProblem } from '@/shared/lib/useTellProblem';
import { interactionsQuery, timelineQuery } from './queries';

export type ActKind = components['schemas']['ActBody']['kind'];
export type Decision = components['schemas']['DecisionBody']['decision'];

/** What can be done on the network, and with what was asked of it. */
export function useActions(conversationId: string) {
  const client = useQueryClient();
  const settle = {
    onError: useTellProblem(),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: timelineQuery(conversationId).queryKey });
      await client.invalidateQueries({ queryKey: interactionsQuery(conversationId).queryKey });
    },
  };
  const path = (action_id: string) => ({ params: { path: { action_id } } });
  const act = useMutation({
    mutationFn: ({ interaction_id, kind }: { interaction_id: string; kind: ActKind }) =>
      ask(
        api.POST('/api/v1/inbox/interactions/{interaction_id}/actions', {
          params: { path: { interaction_id } },
          body: { kind },
        }),
      ),
    ...settle,
  });
  const cancel = useMutation({
    mutationFn: (id: string) => ask(api.POST('/api/v1/inbox/actions/{action_id}/cancel', path(id))),
    ...settle,
  });
  const retry = useMutation({
    mutationFn: (id: string) => ask(api.POST('/api/v1/inbox/actions/{action_id}/retry', path(id))),
    ...settle,
  });
  const decide = useMutation({
    mutationFn: ({ id, decision }: { id: string; decision: Decision }) =>
      ask(
        api.POST('/api/v1/inbox/actions/{action_id}/decision', { ...path(id), body: { decision } }),
      ),
    ...settle,
  });
  return { act, cancel, retry, decide };
}
