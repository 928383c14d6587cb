import { useQueryClient } from '@tanstack/react-query';
import { api, ask } from '@/shared/api/client';
import { useSession } from '@/shared/api/session';
import type { AddNote } from '@/shared/conversation/NoteForm';
import { timelineQuery } from '@/shared/conversation/queries';

/** Writes notes on a conversation, for those who may. */
export function useAddNote(conversation_id: string): AddNote | undefined {
  const client = useQueryClient();
  const { may } = useSession();
  const add: AddNote = async (body, mentions) => {
    const params = { path: { conversation_id } };
    await ask(
      api.POST('/api/v1/inbox/conversations/{conversation_id}/notes', {
        params,
        body: { body, mentions },
      }),
    );
    await client.invalidateQueries({ queryKey: timelineQuery(conversation_id).queryKey });
  };
  return may('inbox', 'edit') ? add : undefined;
}
