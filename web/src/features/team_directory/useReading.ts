import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import { useProblemText } from '@/shared/lib/problemText';
import { notifyProblem } from '@/shared/ui/notify';

/** Marks notifications as read: these, or all there are. */
export function useReading() {
  const client = useQueryClient();
  const problemText = useProblemText();
  return useMutation({
    mutationFn: (ids: readonly string[] | 'all') =>
      ask(
        ids === 'all'
          ? api.POST('/api/v1/team/notifications/read-all', { body: {} })
          : api.POST('/api/v1/team/notifications/read', { body: { notification_ids: [...ids] } }),
      ),
    onError: (error) => {
      const { title, detail } = problemText(problemOf(error));
      notifyProblem(title, detail);
    },
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['notifications', 'unread'] });
      await client.invalidateQueries({ queryKey: ['notifications', 'list'] });
    },
  });
}
