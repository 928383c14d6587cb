import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';
import { useTellProblem } from '@/shared/lib/useTellProblem';
import { notifyDone } from '@/shared/ui/notify';
import { notifyUndoable } from '@/shared/ui/notifyUndoable';
import { undoOf, type Change } from './changes';
import { invalidateTickets } from './queries';

type Changed = components['schemas']['TicketChangedView'];

interface Wanted {
  change: Change;
  /** The version that the person has seen. */
  version: number;
}

const PATH = '/api/v1/tickets/{ticket_id}';

function carryOut(ticket_id: string, { change, version }: Wanted): Promise<Changed> {
  const params = { path: { ticket_id } };
  const expected_version = version;
  switch (change.kind) {
    case 'assign': {
      const body = { ...change, reason: '', expected_version };
      return ask(api.PUT(`${PATH}/assignment`, { params, body }));
    }
    case 'state':
      return ask(api.PUT(`${PATH}/state`, { params, body: { ...change, expected_version } }));
    case 'priority':
      return ask(api.PUT(`${PATH}/priority`, { params, body: { ...change, expected_version } }));
    case 'subject':
      return ask(api.PUT(`${PATH}/subject`, { params, body: { ...change, expected_version } }));
    case 'tag':
      return ask(api.POST(`${PATH}/tags`, { params, body: change }));
  }
}

/** Changes a ticket; says what was done with a way to take it back, or why it was refused. */
export function useChange(ticketId: string) {
  const { t } = useTranslation('ticketing');
  const client = useQueryClient();
  const settle = {
    onError: useTellProblem(),
    // What belongs to tickets hangs together: a change shows in counts and the history, too.
    onSettled: () => invalidateTickets(client),
  };
  const mutationFn = (wanted: Wanted) => carryOut(ticketId, wanted);
  const takeBack = useMutation({ mutationFn, ...settle });
  return useMutation({
    mutationFn,
    ...settle,
    onSuccess: ({ version, before, after }, { change }) => {
      if (Object.keys(after).length === 0) return;
      const said = change.kind === 'state' ? t(`done.${change.state}`) : t(`done.${change.kind}`);
      const back = undoOf(change, before);
      if (back) notifyUndoable(said, () => takeBack.mutate({ change: back, version }));
      else notifyDone(said);
    },
  });
}
