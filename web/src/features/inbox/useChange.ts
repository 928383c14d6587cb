import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';
import { useTellProblem } from '@/shared/lib/useTellProblem';
import { notifyProblem } from '@/shared/ui/notify';
import { notifyUndoable } from '@/shared/ui/notifyUndoable';
import { undoOf, type Before, type Change } from './changes';
import { conversationQuery } from '@/shared/conversation/queries';

type BulkItem = components['schemas']['BulkItemView'];

export interface Wanted {
  conversations: readonly { id: string; version: number }[];
  change: Change;
}

const MOST = 200;

/** One change of one conversation, guarded by its version, or of many whatever happened. */
async function carryOut({ conversations, change }: Wanted): Promise<BulkItem[]> {
  const [only] = conversations;
  if (conversations.length === 1 && only) return [await changeOne(only.id, only.version, change)];
  const items = conversations.slice(0, MOST).map(({ id }) => ({ id }));
  const body = { items, change };
  return (await ask(api.POST('/api/v1/inbox/conversations/bulk', { body }))).items;
}

async function changeOne(id: string, version: number, change: Change): Promise<BulkItem> {
  const params = { path: { conversation_id: id } };
  const expected_version = version;
  const path = '/api/v1/inbox/conversations/{conversation_id}';
  const changed = await ask<components['schemas']['ChangedView']>(
    change.kind === 'assign'
      ? api.PUT(`${path}/assignment`, { params, body: { ...change, expected_version } })
      : change.kind === 'state'
        ? api.PUT(`${path}/state`, { params, body: { ...change, expected_version } })
        : change.kind === 'priority'
          ? api.PUT(`${path}/priority`, { params, body: { ...change, expected_version } })
          : api.POST(`${path}/tags`, { params, body: change }),
  );
  const moved = Object.keys(changed.after).length > 0;
  const outcome = moved ? ('changed' as const) : ('unchanged' as const);
  return { conversation_id: id, outcome, version: changed.version, before: changed.before };
}

function refresh(client: QueryClient, ids: readonly string[]): void {
  const keys = [
    ['inbox', 'head'],
    ['inbox', 'counts'],
  ];
  ids.forEach((id) => keys.push([...conversationQuery(id).queryKey], ['inbox', 'timeline', id]));
  keys.forEach((queryKey) => void client.invalidateQueries({ queryKey }));
}

/** Changes conversations; says what was done with a way to take it back, or why it was refused. */
export function useChange() {
  const { t } = useTranslation('inbox');
  const client = useQueryClient();
  const tell = useTellProblem();
  const takeBack = useMutation({
    mutationFn: (wanted: Wanted[]) => Promise.all(wanted.map(carryOut)),
    onError: tell,
    onSettled: (_done, _error, wanted) =>
      refresh(
        client,
        wanted.flatMap((each) => each.conversations.map(({ id }) => id)),
      ),
  });
  return useMutation({
    mutationFn: carryOut,
    onError: tell,
    onSuccess: (results, { change }) => {
      const changed = results.filter((each) => each.outcome === 'changed');
      const refused = results.filter((each) => each.outcome === 'refused');
      if (refused[0])
        notifyProblem(t('done.refused', { count: refused.length }), refused[0].detail ?? '');
      if (changed.length === 0) return;
      const undone = changed.flatMap(({ conversation_id: id, version, before }) => ({
        conversations: [{ id, version: version ?? 0 }],
        change: undoOf(change, before as Before),
      }));
      const said = t(`done.${nameOf(change)}`, { count: changed.length });
      notifyUndoable(said, () => takeBack.mutate(undone));
    },
    onSettled: (_done, _error, { conversations }) =>
      refresh(
        client,
        conversations.map(({ id }) => id),
      ),
  });
}

function nameOf(change: Change) {
  return change.kind === 'state' ? change.state : change.kind;
}
