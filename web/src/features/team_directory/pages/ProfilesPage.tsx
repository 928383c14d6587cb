import { Button } from '@mantine/core';
import { IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { Answer, Empty } from '@/shared/ui/States';
import { ConnectionOutcome } from '../components/ConnectionOutcome';
import { ProfileRow } from '../components/ProfileRow';
import classes from '@/shared/ui/Rows.module.css';
import { Section } from '../components/Section';
import { healthQuery, profilesQuery } from '../queries';

/** Every account that writes and reads for the brand, and how it is. */
export function ProfilesPage() {
  const { t } = useTranslation('team_directory');
  const { may } = useSession();
  const outcome = useSearch({ from: '/desk/team/profiles' });
  return (
    <Section
      title={t('profiles.title')}
      text={t('profiles.text')}
      part="profiles"
      action={may('profiles', 'edit') && <ConnectButton />}
    >
      <ConnectionOutcome outcome={outcome} />
      <All />
      <Outlet />
    </Section>
  );
}

function ConnectButton() {
  const { t } = useTranslation('team_directory');
  return (
    <Button
      component={Link}
      to="/team/profiles/connect"
      leftSection={<IconPlus size={17} aria-hidden />}
    >
      {t('profiles.connect')}
    </Button>
  );
}

function All() {
  const { t } = useTranslation('team_directory');
  const { may } = useSession();
  const found = useQuery(profilesQuery);
  const health = useQuery({ ...healthQuery, enabled: may('inbox', 'view') }).data;
  return (
    <Answer to={found}>
      {(profiles) =>
        profiles.length === 0 ? (
          <Empty
            icon={IconPlugConnected}
            title={t('profiles.empty')}
            action={may('profiles', 'edit') && <ConnectButton />}
          >
            {t('profiles.emptyText')}
          </Empty>
        ) : (
          <ul className={classes.rows}>
            {profiles.map((profile) => (
              <ProfileRow
                key={profile.id}
                profile={profile}
                health={health?.find((each) => each.profile_id === profile.id)}
              />
            ))}
          </ul>
        )
      }
    </Answer>
  );
}
