import { Button } from '@mantine/core';
import { IconMailForward, IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Answer, Empty } from '@/shared/ui/States';
import { InvitationRow } from '../components/InvitationRow';
import classes from '@/shared/ui/Rows.module.css';
import { Section } from '../components/Section';
import { invitationsQuery } from '../queries';

export function InvitationsPage() {
  const { t } = useTranslation('team_directory');
  return (
    <Section
      title={t('invitations.title')}
      text={t('invitations.text')}
      part="invitations"
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
  const found = useQuery(invitationsQuery);
  return (
    <Answer to={found}>
      {(invitations) =>
        invitations.length === 0 ? (
          <Empty icon={IconMailForward} title={t('invitations.empty')}>
            {t('invitations.emptyText')}
          </Empty>
        ) : (
          <ul className={classes.rows}>
            {invitations.map((invitation) => (
              <InvitationRow key={invitation.id} invitation={invitation} />
            ))}
          </ul>
        )
      }
    </Answer>
  );
}
