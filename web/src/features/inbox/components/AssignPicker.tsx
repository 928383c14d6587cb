import { IconUserPlus, IconUsers, IconUserOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDirectory } from '@/shared/api/directory';
import { useSession } from '@/shared/api/session';
import { Face } from '@/shared/ui/Face';
import { Picker } from '@/shared/ui/Picker';
import { assign, type Change } from '../changes';
import type { Summary } from '../search';

interface Props {
  /** What is shown as chosen; undefined where it is about several. */
  conversation?: Summary;
  change: (change: Change) => void;
  keys?: string;
}

export function AssignPicker({ conversation, change, keys }: Props) {
  const { t } = useTranslation('inbox');
  const session = useSession();
  const { people, teams, nameOf, teamName } = useDirectory();
  const sign = <IconUserPlus size={16} aria-hidden />;
  const nobody = {
    value: 'nobody',
    label: t('do.nobody'),
    icon: <IconUserOff size={18} aria-hidden />,
  };
  const { assignee_id: holder, team_id: team } = conversation ?? {};
  const me = people.filter((person) => person.id === session.id);
  const others = people.filter((person) => person.id !== session.id);
  const choices = [...me, ...others].map((person) => ({
    value: `person:${person.id}`,
    label: person.name,
    icon: <Face name={person.name} seed={person.id} size={20} />,
    chosen: person.id === holder,
  }));
  const ofTeams = teams.map(({ id, name }) => ({
    value: `team:${id}`,
    label: name,
    icon: <IconUsers size={18} aria-hidden />,
    chosen: id === team,
  }));
  const pick = (value: string) => {
    const [kind, id = null] = value.split(':');
    if (kind === 'person') change(assign(id, team ?? null));
    else change(kind === 'team' ? assign(null, id) : assign(null));
  };
  const name = holder ? nameOf(holder) : teamName(team ?? '');
  const allowed = session.has('assign');
  return (
    <Picker
      label={name ?? t('do.assign')}
      icon={holder && name ? <Face name={name} seed={holder} size={18} /> : sign}
      find={t('do.findPerson')}
      groups={[
        { label: t('do.people'), choices },
        { label: t('do.teams'), choices: ofTeams },
        { choices: [nobody] },
      ]}
      pick={pick}
      disabled={!allowed}
      {...(!allowed && { title: t('reason.permission_missing') })}
      {...(keys && { keys: { section: t('keys.section'), keys } })}
    />
  );
}
