import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { sectionsFor } from '@/features/team_directory/sections';
import { useSession } from '@/shared/api/session';
import { useCommands, type Command } from '@/shared/lib/commands';

/** The parts of the team area and what is done there, from anywhere. */
export function useTeamCommands(): void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const session = useSession();
  const commands: Command[] = sectionsFor(session)
    .flatMap((group) => group.sections)
    .map(({ name, to }) => ({
      id: `go.team.${name}`,
      label: t(`teamSection.${name}`),
      section: t('palette.go'),
      run: () => void navigate({ to }),
    }));
  if (session.may('directory', 'administer')) {
    commands.push({
      id: 'team.invite',
      label: t('palette.invite'),
      section: t('palette.general'),
      run: () => void navigate({ to: '/team/invitations/new' }),
    });
  }
  if (session.may('profiles', 'edit')) {
    commands.push({
      id: 'team.connect',
      label: t('palette.connect'),
      section: t('palette.general'),
      run: () => void navigate({ to: '/team/profiles/connect' }),
    });
  }
  useCommands(commands);
}
