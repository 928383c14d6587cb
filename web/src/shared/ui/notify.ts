import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';

/** A short word about what was just done, with what takes it back where there is such a thing. */
export function notifyDone(message: ReactNode, id?: string): void {
  notifications.show({
    ...(id && { id }),
    message,
    color: 'pine',
    autoClose: 6_000,
    withCloseButton: true,
  });
}

export function notifyProblem(title: string, detail: string): void {
  notifications.show({ title, message: detail, color: 'red', autoClose: 10_000 });
}
