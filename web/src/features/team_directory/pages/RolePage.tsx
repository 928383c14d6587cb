import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { inLanguage } from '@/shared/lib/i18n';
import { Answer, Empty, NoPermission } from '@/shared/ui/States';
import type { Role } from '../access';
import { RoleActions } from '../components/RoleActions';
import { RoleForm } from '../components/RoleForm';
import { RoleGrid } from '../components/RoleGrid';
import { Section } from '../components/Section';
import { rolesQuery } from '../queries';
import { roleDraft } from '../roles';
import { roleName } from '../useNames';

export function RolePage() {
  const { t } = useTranslation(['team_directory', 'common']);
  const { roleId } = useParams({ from: '/desk/team/roles/$roleId' });
  const found = useQuery(rolesQuery);
  if (roleId === 'new') return <NewRole />;
  return (
    <Answer to={found}>
      {(roles) => {
        const role = roles.find(({ id }) => id === roleId);
        if (!role) return <Empty order={1} title={t('common:notFound.title')} />;
        return <OneRole key={roleId} role={role} />;
      }}
    </Answer>
  );
}

function Back() {
  const { t } = useTranslation('team_directory');
  return (
    <Anchor component={Link} to="/team/roles" size="sm" mb={4} display="inline-block">
      ← {t('roles.all')}
    </Anchor>
  );
}

function NewRole() {
  const { t } = useTranslation('team_directory');
  const { may } = useSession();
  const navigate = useNavigate();
  const open = (roleId: string) => void navigate({ to: '/team/roles/$roleId', params: { roleId } });
  return (
    <Section back={<Back />} title={t('roles.make')} part="roles">
      {may('directory', 'administer') ? <RoleForm done={open} /> : <NoPermission />}
    </Section>
  );
}

function OneRole({ role }: { role: Role }) {
  const { t } = useTranslation('team_directory');
  const { may } = useSession();
  const editable = !role.template && may('directory', 'administer');
  const about = [inLanguage(role.duties), role.template ? t('roles.builtIn') : ''];
  return (
    <Section
      back={<Back />}
      title={roleName(role)}
      text={about.filter(Boolean).join(' ')}
      part="roles"
      action={<RoleActions role={role} />}
    >
      {editable ? <RoleForm role={role} /> : <RoleGrid draft={roleDraft(role)} />}
    </Section>
  );
}
