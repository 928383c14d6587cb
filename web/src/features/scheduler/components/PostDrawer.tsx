import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Sheet } from '@/shared/ui/Sheet';

interface Props {
  title: string;
  beside?: ReactNode;
  children: (close: () => void) => ReactNode;
}

/** Beside the calendar where there is room, else a page of its own; its address is the post's. */
export function PostDrawer({ title, beside, children }: Props) {
  const navigate = useNavigate();
  const close = () =>
    void navigate({
      from: '/calendar',
      to: '/calendar',
      search: (old) => ({ ...old, at: undefined }),
    });
  return (
    <Sheet title={title} beside={beside} close={close} width="min(1060px, 94vw)" fill>
      {children(close)}
    </Sheet>
  );
}
