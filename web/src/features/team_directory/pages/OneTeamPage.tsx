import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { teamsQuery, type Team } from '@/shared/api/directory';
import { Answer, Empty } from '@/shared/ui/States';
import { Sheet } from '@/shared/ui/Sheet';
import { TeamForm } from '../components/TeamForm';

const FRESH: Team = { id: '', name: '', lead_id: null, member_ids: [], version: 0 };

export function OneTeamPage() {
  const { t } = useTranslation(['team_directory', 'common']);
  const { teamId } = useParams({ from: '/desk/team/teams/$teamId' });
  const navigate = useNavigate();
  const found = useQuery(teamsQuery);
  const close = () => void navigate({ to: '/team/teams' });
  const making = teamId === 'new';
  const team = making ? FRESH : found.data?.find(({ id }) => id === teamId);
  return (
    <Sheet title={making ? t('teams.make') : (team?.name ?? '')} close={close}>
      {team ? (
        <TeamForm key={teamId} team={team} close={close} />
      ) : (
        <Answer to={found}>{() => <Empty title={t('common:notFound.title')} />}</Answer>
      )}
    </Sheet>
  );
}
