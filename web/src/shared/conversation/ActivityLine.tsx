import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDirectory } from '@/shared/api/directory';
import { fullTime } from '@/shared/lib/time';
import { Moment, usePlace } from '@/shared/ui/Moment';
import { priorityName } from './priority';
import { tagsQuery } from './queries';
import type { Activity } from './timeline';
import classes from './Timeline.module.css';

interface After {
  assignee_id?: string | null;
  team_id?: string | null;
  snoozed_until?: string | null;
  tag_ids?: string[];
  priority?: number;
}

export function ActivityLine({ activity, at }: { activity: Activity; at: string }) {
  const said = useSaid(activity);
  if (!said) return null;
  return <SideLine said={said} at={at} />;
}

/** Something that was done, said between what was written. */
export function SideLine({ said, at }: { said: string; at: string }) {
  return (
    <div className={classes.activity}>
      {said} · <Moment at={at} />
    </div>
  );
}

/** One line of history in words; nothing for kinds that are not known. */
function useSaid({ kind, actor_id: by, after }: Activity): string | undefined {
  const { t } = useTranslation(['conversation', 'common']);
  const { nameOf, teamName } = useDirectory();
  const tags = useQuery(tagsQuery).data ?? [];
  const place = usePlace();
  const actor = by ? (nameOf(by) ?? t('timeline.somebody')) : t('timeline.parley');
  const now = after as After;
  const tagNames = tags.filter(({ id }) => now.tag_ids?.includes(id)).map(({ name }) => name);
  const holder = now.assignee_id ? nameOf(now.assignee_id) : teamName(now.team_id ?? '');
  const someone = t('timeline.somebody');
  const assigned = () => {
    if (now.assignee_id && now.assignee_id === by) return t('activity.took', { actor });
    if (now.assignee_id || now.team_id)
      return t('activity.assignedTo', { actor, name: holder ?? someone });
    return t('activity.unassigned', { actor });
  };
  const sayings: Record<string, () => string> = {
    assigned,
    handled: () => t('activity.handled', { actor }),
    reopened: () => (by ? t('activity.reopened', { actor }) : t('activity.reopenedByCustomer')),
    snoozed: () =>
      t('activity.snoozed', {
        actor,
        time: now.snoozed_until ? fullTime(now.snoozed_until, place) : '',
      }),
    prioritised: () =>
      t('activity.prioritised', {
        actor,
        level: t(`common:priority.${priorityName(now.priority ?? 0)}`),
      }),
    tagged: () =>
      t('activity.tagged', { actor, tags: tagNames.join(', ') || t('activity.noTags') }),
  };
  return sayings[kind]?.();
}
