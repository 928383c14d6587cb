import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import type { ReactNode } from 'react';

const DONE_MILLISECONDS = 6_000;
const PROBLEM_MILLISECONDS = 10_000;

function closing() {
  return { 'aria-label': i18next.t('close') };
}

/** A short word about what was just done, with what takes it back where there is such a thing. */
export function notifyDone(message: ReactNode, id?: string): void {
  notifications.show({
    ...(id && { id }),
    message,
    color: 'pine',
    autoClose: DONE_MILLISECONDS,
    closeButtonProps: closing(),
  });
}

export function notifyProblem(title: string, detail: string): void {
  notifications.show({
    title,
    message: detail,
    color: 'red',
    autoClose: PROBLEM_MILLISECONDS,
    closeButtonProps: closing(),
  });
}
