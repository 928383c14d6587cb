import { Text } from '@mantine/core';
import { IconEye, IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDirectory } from '@/shared/api/directory';
import { useSession } from '@/shared/api/session';
import { currentLanguage } from '@/shared/lib/i18n';
import { usePresence, type PresenceState } from '@/shared/lib/live';
import classes from './Others.module.css';

/** Which colleagues look at this conversation or type in it right now. */
export function Others({ conversationId }: { conversationId: string }) {
  const { id: me } = useSession();
  const here = Object.entries(usePresence(conversationId)).filter(([person]) => person !== me);
  const doing = (state: PresenceState) =>
    here.filter(([, each]) => each === state).map(([person]) => person);
  return (
    <div aria-live="polite">
      <Line state="typing" people={doing('typing')} />
      <Line state="viewing" people={doing('viewing')} />
    </div>
  );
}

function Line({ state, people }: { state: PresenceState; people: readonly string[] }) {
  const { t } = useTranslation('conversation');
  const { nameOf } = useDirectory();
  if (people.length === 0) return null;
  const list = new Intl.ListFormat(currentLanguage(), { type: 'conjunction' });
  const names = list.format(people.map((id) => nameOf(id) ?? t('timeline.somebody')));
  const Sign = state === 'typing' ? IconPencil : IconEye;
  return (
    <Text size="xs" fw={550} className={classes.line} data-state={state}>
      <Sign size={15} aria-hidden />
      {t(`presence.${state}`, { count: people.length, names })}
    </Text>
  );
}
