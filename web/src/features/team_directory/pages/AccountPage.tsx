import { Title } from '@mantine/core';
import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from './AccountPage.module.css';

const SECTIONS = [
  { name: 'profile', to: '/account' },
  { name: 'security', to: '/account/security' },
  { name: 'notifications', to: '/account/notifications' },
  { name: 'sessions', to: '/account/sessions' },
  { name: 'keys', to: '/account/api-keys' },
] as const;

export function AccountPage() {
  const { t } = useTranslation('team_directory');
  return (
    <div className={classes.page}>
      <Title order={1} size="h2">
        {t('account.title')}
      </Title>
      <nav className={classes.sections} aria-label={t('account.sections')}>
        {SECTIONS.map(({ name, to }) => (
          <Link
            key={name}
            to={to}
            className={classes.section}
            activeOptions={{ exact: true }}
            activeProps={{ 'aria-current': 'page' }}
          >
            {t(`account.${name}`)}
          </Link>
        ))}
      </nav>
      <Outlet />
    </div>
  );
}
