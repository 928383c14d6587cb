import { Button } from '@mantine/core';
import { useQuery, useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useLayoutEffect, useMemo, useRef, type UIEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { dayName, dayOf } from '@/shared/lib/time';
import { usePlace } from '@/shared/ui/Moment';
import { interactionsQuery, timelineQuery } from './queries';
import type { Conversation } from './types';
import { linesOf, type Extra, type Line } from './timeline';
import { ActionBubble } from './ActionBubble';
import { ActivityLine } from './ActivityLine';
import { Bubble } from './Bubble';
import { ConversationNote } from './ConversationNote';
import classes from './Timeline.module.css';

interface Props {
  conversation: Conversation;
  profile: string;
  extras?: readonly Extra[] | undefined;
}

/** Everything that was written and done, the oldest on top, opened at the end. */
export function Timeline({ conversation, profile, extras }: Props) {
  const { t } = useTranslation('conversation');
  const place = usePlace();
  const interactions = useSuspenseInfiniteQuery(interactionsQuery(conversation.id));
  const entries = useQuery(timelineQuery(conversation.id)).data;
  const { pages } = interactions.data;
  const more = interactions.hasNextPage;
  const lines = useMemo(
    () =>
      linesOf(
        pages.flatMap((page) => page.items),
        entries ?? [],
        more,
        extras,
      ),
    [pages, entries, more, extras],
  );
  const { box, follow } = useFollow(lines);
  const days = lines.map((line) => dayOf(line.at, place));
  return (
    <div
      ref={box}
      onScroll={follow}
      className={classes.timeline}
      role="log"
      aria-label={t('timeline.label')}
      // It scrolls, so it can be reached by the keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      {more && (
        <Button
          size="xs"
          variant="subtle"
          loading={interactions.isFetchingNextPage}
          onClick={() => void interactions.fetchNextPage()}
        >
          {t('timeline.older')}
        </Button>
      )}
      {lines.map((line, at) => (
        <div key={line.id} className={classes.line}>
          {days[at] !== days[at - 1] && (
            <div className={classes.day}>{dayName(line.at, place)}</div>
          )}
          <OneLine line={line} conversation={conversation} profile={profile} />
        </div>
      ))}
    </div>
  );
}

const END_PIXELS = 40;

/** Stays at the end while it is there, whatever comes late; goes there when something is new. */
function useFollow(lines: readonly Line[]) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const last = lines.at(-1)?.id;
  const seen = useRef(last);
  useLayoutEffect(() => {
    const isNew = seen.current !== last;
    seen.current = last;
    if (box.current && (atEnd.current || isNew)) box.current.scrollTop = box.current.scrollHeight;
  }, [last, lines.length]);
  const follow = ({ currentTarget }: UIEvent) => {
    const { scrollHeight, scrollTop, clientHeight } = currentTarget;
    atEnd.current = scrollHeight - scrollTop - clientHeight < END_PIXELS;
  };
  return { box, follow };
}

function OneLine({ line, conversation, profile }: Omit<Props, 'extras'> & { line: Line }) {
  switch (line.kind) {
    case 'interaction':
      return (
        <Bubble interaction={line.interaction} conversation={conversation} profile={profile} />
      );
    case 'action':
      return <ActionBubble action={line.action} profile={profile} />;
    case 'note':
      return <ConversationNote note={line.note} />;
    case 'activity':
      return <ActivityLine activity={line.activity} at={line.at} />;
    case 'extra':
      return line.drawn;
  }
}
