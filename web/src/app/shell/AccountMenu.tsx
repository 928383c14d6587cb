import { Menu, Text, UnstyledButton } from '@mantine/core';
import { IconLogout, IconUserCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { Face } from '@/shared/ui/Face';
import { useLogOut } from './useLogOut';

const Preferences = lazy(async () => {
  const { Preferences: component } = await import('./Preferences');
  return { default: component };
});

export function AccountMenu() {
  const { t } = useTranslation();
  const session = useSession();
  const logOut = useLogOut();
  const name = session.who.person?.name ?? '';
  return (
    <Menu position="right-end" width={270} closeOnItemClick={false}>
      <Menu.Target>
        <UnstyledButton aria-label={t('account.menu', { name })} title={name}>
          <Face name={name} seed={session.id} size={36} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {name} · {session.who.person?.email}
        </Menu.Label>
        <Menu.Item
          component={Link}
          to="/account"
          leftSection={<IconUserCircle size={18} aria-hidden />}
          closeMenuOnClick
        >
          {t('account.settings')}
        </Menu.Item>
        <Menu.Divider />
        <Suspense>
          <Preferences />
        </Suspense>
        <Text size="xs" c="dimmed" px="sm" py="xs">
          {t('account.zone', { zone: session.zone.replaceAll('_', ' ') })}
        </Text>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={18} aria-hidden />} onClick={logOut}>
          {t('account.logOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
