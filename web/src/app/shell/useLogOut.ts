import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, ask } from '@/shared/api/client';
import { startAnew } from '@/shared/api/session';
import { forgetWorkspace } from '@/shared/api/workspace';

export function useLogOut(): () => void {
  const client = useQueryClient();
  const navigate = useNavigate();
  const leave = async () => {
    await ask(api.DELETE('/api/v1/session'));
    forgetWorkspace();
    await navigate({ to: '/login' });
    startAnew(client);
  };
  return () => void leave();
}
