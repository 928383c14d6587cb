import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '@/shared/api/client';
import { useDirectory } from '@/shared/api/directory';
import { useTellProblem } from '@/shared/lib/useTellProblem';
import { mentionedIn } from './mentions';
import type { Note } from './timeline';

const PATH = '/api/v1/inbox/notes/{note_id}';

/** Writing a note anew, and taking it away. */
export function useNote({ id, version }: Note) {
  const client = useQueryClient();
  const { people } = useDirectory();
  const params = { path: { note_id: id } };
  const onSettled = () => client.invalidateQueries({ queryKey: ['inbox', 'timeline'] });
  const rewrite = useMutation({
    onSettled,
    mutationFn: (text: string) => {
      const body = { body: text, mentions: mentionedIn(text, people), expected_version: version };
      return ask(api.PUT(PATH, { params, body }));
    },
  });
  const remove = useMutation({
    onSettled,
    onError: useTellProblem(),
    mutationFn: () => ask(api.DELETE(PATH, { params })),
  });
  return { rewrite, remove };
}
