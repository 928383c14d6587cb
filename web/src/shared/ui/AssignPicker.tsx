import { IconUserPlus, IconUsers, IconUserOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDirectory } from '@/shared/api/directory';
import { useSession } from '@/shared/api/session';
import { Face } from './Face';
import { Picker, type PickerCommand } from './Picker';

interface Props {
  /** Who has it now; both are left out where it is about several. */
  holder?: string | null | undefined;
  team?: string | null | undefined;
  assign: (personId: string | null, teamId: string | null) => void;
  command?: PickerCommand;
}

/** Gives work to a person, a team or nobody; a person keeps the team that has it. */
export function AssignPicker({ holder, team, assign, command }: Props) {
  const { t } = useTranslation();
  const session = useSession();
  const { people, teams, nameOf, teamName } = useDirectory();
  const sign = <IconUserPlus size={16} aria-hidden />;
  const nobody = {
    value: 'nobody',
    label: t('assign.nobody'),
    icon: <IconUserOff size={18} aria-hidden />,
  };
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
    if (kind === 'person') assign(id, team ?? null);
    else assign(null, kind === 'team' ? id : null);
  };
  const name = holder ? nameOf(holder) : teamName(team ?? '');
  const allowed = session.has('assign');
  return (
    <Picker
      label={name ?? t('assign.label')}
      icon={holder && name ? <Face name={name} seed={holder} size={18} /> : sign}
      find={t('assign.find')}
      groups={[
        { label: t('assign.people'), choices },
        { label: t('assign.teams'), choices: ofTeams },
        { choices: [nobody] },
      ]}
      pick={pick}
      disabled={!allowed}
      {...(!allowed && { title: t('problem.permission_missing') })}
      command={command}
    />
  );
}
