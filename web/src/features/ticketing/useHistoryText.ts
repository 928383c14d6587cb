import { useTranslation } from 'react-i18next';
import { useDirectory } from '@/shared/api/directory';
import type { components } from '@/shared/api/schema';
import type { Priority } from '@/shared/lib/priorities';
import type { State } from './search';

export type Activity = components['schemas']['TicketActivity'];

/** The fields that a line of history may hold, before and after. */
interface Fields {
  assignee_id?: string | null;
  team_id?: string | null;
  state?: State;
  priority?: Priority;
  subject?: string;
  tags?: string[];
  watcher_ids?: string[];
  reason?: string;
}

function added<T>(before: readonly T[] = [], after: readonly T[] = []): T[] {
  return after.filter((each) => !before.includes(each));
}

/** A line of a ticket's history in words: who did what, from what to what. */
export function useHistoryText(): (activity: Activity) => string {
  const { t } = useTranslation(['ticketing', 'common']);
  const { nameOf, teamName } = useDirectory();
  const person = (id: string) => nameOf(id) ?? t('history.somebody');
  const holder = ({ assignee_id, team_id }: Fields) =>
    [assignee_id && person(assignee_id), team_id && (teamName(team_id) ?? t('history.aTeam'))]
      .filter(Boolean)
      .join(', ') || t('history.nobody');
  const list = (words: readonly string[]) => words.join(', ') || t('history.none');

  return ({ kind, actor_id, before: was, after: is }) => {
    const actor = actor_id ? person(actor_id) : t('history.parley');
    const [before, after] = [was as Fields, is as Fields];
    const gained = added(before.watcher_ids, after.watcher_ids).map(person);
    const lost = added(after.watcher_ids, before.watcher_ids).map(person);
    const moved = () => {
      if (after.reason === 'reply') return t('history.reopenedByCustomer');
      return t('history.moved', {
        actor,
        before: t(`state.${before.state ?? 'open'}`),
        after: t(`state.${after.state ?? 'open'}`),
      });
    };
    const sayings: Record<string, () => string> = {
      opened: () => t('history.opened', { actor }),
      assigned: () =>
        t('history.assigned', { actor, before: holder(before), after: holder(after) }),
      moved,
      prioritised: () =>
        t('history.prioritised', {
          actor,
          before: t(`common:priority.${before.priority ?? 'normal'}`),
          after: t(`common:priority.${after.priority ?? 'normal'}`),
        }),
      renamed: () =>
        t('history.renamed', { actor, before: before.subject ?? '', after: after.subject ?? '' }),
      tagged: () =>
        t('history.tagged', {
          actor,
          before: list(before.tags ?? []),
          after: list(after.tags ?? []),
        }),
      watchers_changed: () =>
        gained.length > 0
          ? t('history.watches', { actor, names: list(gained) })
          : t('history.watchesNoMore', { actor, names: list(lost) }),
      note_added: () => t('history.noted', { actor }),
      customer_wrote: () => t('history.customerWrote'),
      answered: () => t('history.answered'),
    };
    return sayings[kind]?.() ?? kind;
  };
}
