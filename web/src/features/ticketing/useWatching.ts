import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '@/shared/api/client';
import { useTellProblem } from '@/shared/lib/useTellProblem';
import { invalidateTickets } from './queries';

interface Wanted {
  person_id: string;
  watching: boolean;
}

/** Lets somebody watch a ticket, or no longer. */
export function useWatching(ticket_id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ person_id, watching }: Wanted) => {
      const init = { params: { path: { ticket_id, person_id } } };
      const path = '/api/v1/tickets/{ticket_id}/watchers/{person_id}';
      return ask<unknown>(watching ? api.PUT(path, init) : api.DELETE(path, init));
    },
    onError: useTellProblem(),
    onSettled: () => invalidateTickets(client),
  });
}
