/** What the ids behind a number stand for: who wrote, what a ticket or a post is about. */

import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/shared/api/client';
import { ANALYTICS, type Item } from './queries';

export interface Subject {
  title: string;
  text: string;
  /** What a face is drawn from. */
  seed: string;
}

export function subjectQuery(item: Item) {
  const { conversation_id, ticket_id, post_id } = item;
  return queryOptions({
    queryKey: [ANALYTICS, 'subject', conversation_id ?? ticket_id ?? post_id ?? item.id],
    queryFn: () => readSubject(item),
    staleTime: 300_000,
    retry: false,
  });
}

/** By a question for each: the page is short, and each answer keeps to what one may see. */
async function readSubject({ conversation_id, ticket_id, post_id }: Item): Promise<Subject> {
  if (conversation_id) {
    const params = { path: { conversation_id } };
    const found = await ask(api.GET('/api/v1/inbox/conversations/{conversation_id}', { params }));
    const { contact } = found;
    return { title: contact.name, text: found.excerpt, seed: contact.id };
  }
  if (ticket_id) {
    const params = { path: { ticket_id } };
    const found = await ask(api.GET('/api/v1/tickets/{ticket_id}', { params }));
    return { title: found.subject, text: found.conversation.excerpt, seed: ticket_id };
  }
  const params = { path: { post_id: post_id ?? '' } };
  const found = await ask(api.GET('/api/v1/publishing/posts/{post_id}', { params }));
  return { title: found.text, text: '', seed: found.id };
}
