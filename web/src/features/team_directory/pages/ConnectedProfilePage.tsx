import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { Answer } from '@/shared/ui/States';
import { Sheet } from '@/shared/ui/Sheet';
import { ProfileCard } from '../components/ProfileCard';
import { healthQuery, profileQuery } from '../queries';

/** One connected profile: its connection, what came in, and what can be done about it. */
export function ConnectedProfilePage() {
  const { t } = useTranslation('team_directory');
  const { profileId } = useParams({ from: '/desk/team/profiles/$profileId' });
  const { may } = useSession();
  const navigate = useNavigate();
  const found = useQuery(profileQuery(profileId));
  const health = useQuery({ ...healthQuery, enabled: may('inbox', 'view') }).data;
  const close = () => void navigate({ to: '/team/profiles' });
  return (
    <Sheet title={found.data?.display_name ?? t('profiles.profile')} close={close} width={560}>
      <Answer to={found}>
        {(profile) => (
          <ProfileCard
            key={profileId}
            profile={profile}
            health={health?.find((each) => each.profile_id === profileId)}
          />
        )}
      </Answer>
    </Sheet>
  );
}
