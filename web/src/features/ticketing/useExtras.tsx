import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { SideLine } from '@/shared/conversation/ActivityLine';
import { NoteBubble } from '@/shared/conversation/NoteBubble';
import type { Extra } from '@/shared/conversation/timeline';
import { historyQuery, notesQuery } from './queries';
import { useHistoryText } from './useHistoryText';

// What else is in the history is seen in its panel: it would drown what was written.
const SAID_BETWEEN = new Set(['opened', 'assigned', 'moved']);

/** What stands on the ticket, to be shown among what stands in its conversation. */
export function useExtras(ticketId: string): Extra[] {
  const { t } = useTranslation('ticketing');
  const historyText = useHistoryText();
  const notes = useQuery(notesQuery(ticketId)).data?.items ?? [];
  const history = useInfiniteQuery(historyQuery(ticketId)).data?.pages ?? [];
  const lines = history.flatMap((page) => page.items).filter(({ kind }) => SAID_BETWEEN.has(kind));
  return [
    ...notes.map((note) => ({
      kind: 'extra' as const,
      id: note.id,
      at: note.created_at,
      drawn: <NoteBubble note={note} label={t('note.label')} />,
    })),
    ...lines.map((line) => ({
      kind: 'extra' as const,
      id: line.id,
      at: line.at,
      drawn: <SideLine said={historyText(line)} at={line.at} />,
    })),
  ];
}
