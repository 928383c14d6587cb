import { Group } from '@mantine/core';
import { IconEye, IconEyePlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDirectory } from '@/shared/api/directory';
import { useSession } from '@/shared/api/session';
import { useCommands } from '@/shared/lib/commands';
import { Face } from '@/shared/ui/Face';
import { Picker } from '@/shared/ui/Picker';
import type { Ticket } from '../search';
import { useWatching } from '../useWatching';

/** Who is told of what happens to the ticket; everybody may watch what they see. */
export function Watchers({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('ticketing');
  const { people, nameOf } = useDirectory();
  const { id: me, may, who } = useSession();
  const watching = useWatching(ticket.id);
  const watchers = ticket.watcher_ids;
  const toggle = (person_id: string) =>
    watching.mutate({ person_id, watching: !watchers.includes(person_id) });
  const mine = watchers.includes(me);
  const section = t('keys.section');
  const label = mine ? t('do.watchNoMore') : t('do.watch');
  useCommands([{ id: 'tickets.watch', label, section, keys: 'w', run: () => toggle(me) }]);
  const myself = { id: me, name: who.person?.name ?? '' };
  const others = may('tickets', 'edit') ? people.filter(({ id }) => id !== me) : [];
  const choices = [myself, ...others].map(({ id, name }) => ({
    value: id,
    label: name,
    icon: <Face name={name} seed={id} size={20} />,
    chosen: watchers.includes(id),
  }));
  const Sign = mine ? IconEye : IconEyePlus;
  return (
    <Group gap={6}>
      {watchers.map((id) => {
        const name = nameOf(id) ?? t('history.somebody');
        return (
          <span key={id} title={name} role="img" aria-label={name}>
            <Face name={name} seed={id} size={24} />
          </span>
        );
      })}
      <Picker
        label={t('details.watch')}
        icon={<Sign size={16} aria-hidden />}
        find={t('do.findPerson')}
        groups={[{ choices }]}
        pick={toggle}
        variant="subtle"
        several
      />
    </Group>
  );
}
