import { Button } from '@mantine/core';
import { IconMailForward, IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { Empty, Failed, Loading } from '@/shared/ui/States';
import { InvitationRow } from '../components/InvitationRow';
import classes from '../components/Rows.module.css';
import { Section } from '../components/Section';
import { invitationsQuery } from '../queries';

export function InvitationsPage() {
  const { t } = useTranslation('team_directory');
  return (
    <Section
      title={t('invitations.title')}
      text={t('invitations.text')}
      needs={['directory', 'administer']}
      action={
        <Button
          component={Link}
          to="/team/invitations/new"
          leftSection={<IconUserPlus size={17} aria-hidden />}
        >
          {t('people.invite')}
        </Button>
      }
    >
      <Open />
      <Outlet />
    </Section>
  );
}

function Open() {
  const { t } = useTranslation('team_directory');
  const { may } = useSession();
  const allowed = may('directory', 'administer');
  const { data, error, refetch } = useQuery({ ...invitationsQuery, enabled: allowed });
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.length === 0) {
    return (
      <Empty icon={IconMailForward} title={t('invitations.empty')}>
        {t('invitations.emptyText')}
      </Empty>
    );
  }
  return (
    <ul className={classes.rows}>
      {data.map((invitation) => (
        <InvitationRow key={invitation.id} invitation={invitation} />
      ))}
    </ul>
  );
}
