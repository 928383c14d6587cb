import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { startAnew } from '@/shared/api/session';

/** Goes on to the desk after somebody has signed in: nothing of before is kept. */
export function useEnter(): (next?: string) => void {
  const client = useQueryClient();
  const router = useRouter();
  return (next = '/') => {
    startAnew(client);
    router.history.push(next);
  };
}
