import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { teamsQuery, type Team } from '@/shared/api/directory';
import { Empty, Failed, Loading } from '@/shared/ui/States';
import { Sheet } from '@/shared/ui/Sheet';
import { TeamForm } from '../components/TeamForm';

const FRESH: Team = { id: '', name: '', lead_id: null, member_ids: [], version: 0 };

export function OneTeamPage() {
  const { t } = useTranslation('team_directory');
  const { teamId } = useParams({ from: '/desk/team/teams/$teamId' });
  const navigate = useNavigate();
  const { data: teams } = useQuery(teamsQuery);
  const close = () => void navigate({ to: '/team/teams' });
  const making = teamId === 'new';
  const team = making ? FRESH : teams?.find(({ id }) => id === teamId);
  return (
    <Sheet title={making ? t('teams.make') : (team?.name ?? '')} close={close}>
      {team ? <TeamForm key={teamId} team={team} close={close} /> : <Missing />}
    </Sheet>
  );
}

/** No team to show: not yet, not to be had, or not there. */
function Missing() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(teamsQuery);
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  return data ? <Empty title={t('notFound.title')} /> : <Loading />;
}
