import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { useCommands, type Command } from '@/shared/lib/commands';
import { addDays } from '@/shared/lib/days';
import { turned, VIEWS, type View } from './grid';
import type { Calendar } from './useCalendar';

const VIEW_KEYS = { month: 'm', week: 'w', list: 'l' } as const;

/** Steps of a post that is moved by the keyboard: days and hours. */
export interface Step {
  days: number;
  hours: number;
}

export function focusPost(id: string): void {
  document.querySelector<HTMLElement>(`[data-post="${CSS.escape(id)}"]`)?.focus();
}

function focusNext(direction: 1 | -1): void {
  const posts = [...document.querySelectorAll<HTMLElement>('[data-post]')];
  const here = posts.findIndex((post) => post === document.activeElement);
  const next = here < 0 ? (direction > 0 ? 0 : posts.length - 1) : here + direction;
  posts[next]?.focus();
}

/** The post that has the focus. */
export function useFocusedPost(): string | undefined {
  const [focused, setFocused] = useState<string>();
  useEffect(() => {
    const note = () =>
      setFocused(document.activeElement?.closest<HTMLElement>('[data-post]')?.dataset.post);
    const events = ['focusin', 'focusout'] as const;
    events.forEach((event) => document.addEventListener(event, note));
    return () => events.forEach((event) => document.removeEventListener(event, note));
  }, []);
  return focused;
}

/** The keys of the calendar; those that move a post are there only while one has the focus. */
export function useCalendarKeys(
  calendar: Calendar,
  focused: string | undefined,
  move: (post: string, step: Step) => void,
): void {
  const { t } = useTranslation('scheduler');
  const { may } = useSession();
  const { view, date, today, go } = calendar;
  const section = t('calendar');
  const key = (keys: string, label: string, run: () => void): Command => ({
    id: `calendar.${keys}`,
    label,
    section,
    keys,
    keyOnly: true,
    run,
  });
  const jump = (keys: string, label: string, days: number) =>
    key(keys, label, () => go({ date: addDays(date, days) }));
  const turn = (keys: string, label: string, pages: number) =>
    key(keys, label, () => go({ date: turned(view, date, pages) }));
  const commands: Command[] = [
    { id: 'calendar.today', label: t('today'), section, keys: 't', run: () => go({ date: today }) },
    ...VIEWS.map((each) => ({
      id: `calendar.${each}`,
      label: t(`show.${each}`),
      section,
      keys: VIEW_KEYS[each],
      run: () => go({ view: each }),
    })),
    key('j', t('keys.next'), () => focusNext(1)),
    key('k', t('keys.before'), () => focusNext(-1)),
    turn('[', t(`before.${view}`), -1),
    turn(']', t(`after.${view}`), 1),
  ];
  if (view !== 'list') {
    commands.push(jump('ArrowLeft', t('keys.dayBefore'), -1));
    commands.push(jump('ArrowRight', t('keys.dayAfter'), 1));
  }
  if (view === 'month') {
    commands.push(jump('ArrowUp', t('keys.weekBefore'), -7));
    commands.push(jump('ArrowDown', t('keys.weekAfter'), 7));
  }
  if (may('publishing', 'edit')) {
    const run = () => calendar.compose(`${date}T09:00`);
    commands.push({ id: 'post.new', label: t('newPost'), section, keys: 'c', run });
    if (focused) {
      for (const [arrow, name, step] of stepsIn(view)) {
        commands.push(key(`mod+${arrow}`, t(`keys.move.${name}`), () => move(focused, step)));
      }
    }
  }
  useCommands(commands);
}

function stepsIn(view: View) {
  const far =
    view === 'week'
      ? ([
          ['ArrowUp', 'hourBefore', { days: 0, hours: -1 }],
          ['ArrowDown', 'hourAfter', { days: 0, hours: 1 }],
        ] as const)
      : ([
          ['ArrowUp', 'weekBefore', { days: -7, hours: 0 }],
          ['ArrowDown', 'weekAfter', { days: 7, hours: 0 }],
        ] as const);
  return [
    ['ArrowLeft', 'dayBefore', { days: -1, hours: 0 }],
    ['ArrowRight', 'dayAfter', { days: 1, hours: 0 }],
    ...far,
  ] as const;
}
