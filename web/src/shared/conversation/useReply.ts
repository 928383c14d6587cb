import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '@/shared/api/client';
import { useSession } from '@/shared/api/session';
import { timelineQuery } from './queries';
import type { Conversation } from './types';
import type { Action, Entry } from './timeline';

export interface Written {
  text: string;
  visibility: 'public' | 'private';
  force?: boolean;
}

/** Sends an answer; it stands in the timeline at once, as what it is: not sent yet. */
export function useReply(conversation: Conversation) {
  const client = useQueryClient();
  const { id: me } = useSession();
  const { id } = conversation;
  const key = timelineQuery(id).queryKey;
  const replace = (wrong: string, entry?: Entry) =>
    client.setQueryData(key, (entries: Entry[] = []) => [
      ...(entry ? [entry] : []),
      ...entries.filter((each) => each.id !== wrong && each.id !== entry?.id),
    ]);
  return useMutation({
    mutationFn: ({ text, visibility, force = false }: Written) =>
      ask(
        api.POST('/api/v1/inbox/conversations/{conversation_id}/replies', {
          params: { path: { conversation_id: id } },
          body: {
            text,
            visibility,
            force,
            expected_version: conversation.version,
            seen_interaction_id: conversation.newest_interaction_id,
          },
        }),
      ),
    onMutate: async (written) => {
      await client.cancelQueries({ queryKey: key });
      const entry = expected(written, conversation, me);
      replace(entry.id, entry);
      return entry.id;
    },
    onSuccess: (action, _written, temporary) => {
      replace(temporary, { id: action.id, at: action.requested_at, action });
    },
    onError: (_error, _written, temporary) => {
      if (temporary) replace(temporary);
    },
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}

/** What the API will most likely answer. */
function expected(written: Written, { id, profile_id, kind }: Conversation, me: string): Entry {
  const now = new Date().toISOString();
  const inPublic = written.visibility === 'private' ? 'private_reply' : 'reply';
  const action: Action = {
    id: crypto.randomUUID(),
    conversation_id: id,
    profile_id,
    interaction_id: null,
    kind: kind === 'dm' ? 'message' : inPublic,
    text: written.text,
    state: 'pending',
    requested_by: me,
    requested_at: now,
    settled_at: null,
    deadline: now,
    attempts: 0,
    external_id: null,
    permalink: null,
    error_code: null,
    error_detail: null,
    version: 0,
  };
  return { id: action.id, at: now, action };
}
