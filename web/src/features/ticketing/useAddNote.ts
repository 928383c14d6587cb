import { useQueryClient } from '@tanstack/react-query';
import { api, ask } from '@/shared/api/client';
import { useSession } from '@/shared/api/session';
import type { AddNote } from '@/shared/conversation/NoteForm';
import { notesQuery } from './queries';

/** Writes notes on a ticket, for those who may. */
export function useAddNote(ticket_id: string): AddNote | undefined {
  const client = useQueryClient();
  const { may } = useSession();
  const add: AddNote = async (body, mentions) => {
    const params = { path: { ticket_id } };
    await ask(api.POST('/api/v1/tickets/{ticket_id}/notes', { params, body: { body, mentions } }));
    await client.invalidateQueries({ queryKey: notesQuery(ticket_id).queryKey });
  };
  return may('tickets', 'edit') ? add : undefined;
}
