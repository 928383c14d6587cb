import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { Answer } from '@/shared/ui/States';
import { RoleMatrix } from '../components/RoleMatrix';
import { Section } from '../components/Section';
import { rolesQuery } from '../queries';

export function RolesPage() {
  const { t } = useTranslation('team_directory');
  const { may } = useSession();
  return (
    <Section
      title={t('roles.title')}
      text={t('roles.text')}
      part="roles"
      action={
        may('directory', 'administer') && (
          <Button
            component={Link}
            to="/team/roles/new"
            leftSection={<IconPlus size={17} aria-hidden />}
          >
            {t('roles.make')}
          </Button>
        )
      }
    >
      <All />
    </Section>
  );
}

function All() {
  const found = useQuery(rolesQuery);
  return <Answer to={found}>{(roles) => <RoleMatrix roles={roles} />}</Answer>;
}
