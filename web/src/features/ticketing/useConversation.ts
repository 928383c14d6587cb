import { useQuery } from '@tanstack/react-query';
import { ProblemError } from '@/shared/api/problem';
import { useSession } from '@/shared/api/session';
import { conversationQuery, profilesQuery } from '@/shared/conversation/queries';
import type { Ticket } from './search';

/** The conversation that a ticket is about, where this person sees it. */
export function useConversation(ticket: Ticket) {
  const { may } = useSession();
  const enabled = may('inbox', 'view');
  const conversation = useQuery({ ...conversationQuery(ticket.conversation_id), enabled });
  const profiles = useQuery({ ...profilesQuery, enabled }).data;
  const profile = profiles?.find((each) => each.id === ticket.profile_id);
  return {
    conversation,
    /** Not to be seen by this person; anything else may be otherwise when it is asked again. */
    shut: !enabled || isShut(conversation.error),
    profile: profile ? `@${profile.handle}` : '',
  };
}

export function isShut(error: unknown): boolean {
  return error instanceof ProblemError && (error.status === 403 || error.status === 404);
}
