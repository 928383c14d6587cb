import { Menu, SegmentedControl, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconLogout, IconUserCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { LANGUAGES, languageOf, type Language } from '@/shared/lib/i18n';
import { Face } from '@/shared/ui/Face';
import { useLogOut } from './useLogOut';
import { useSaveLanguage } from './useSaveLanguage';

export function AccountMenu() {
  const { t, i18n } = useTranslation();
  const session = useSession();
  const logOut = useLogOut();
  const saveLanguage = useSaveLanguage();
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
        <Menu.Label>{t('account.language')}</Menu.Label>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t('account.language')}
          value={languageOf(i18n.language)}
          data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
          onChange={(language) => saveLanguage(language as Language)}
        />
        <Menu.Label>{t('account.theme')}</Menu.Label>
        <SchemeSwitch />
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

function SchemeSwitch() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const schemes = ['light', 'dark', 'auto'] as const;
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label={t('account.theme')}
      value={colorScheme}
      data={schemes.map((value) => ({ value, label: t(`account.${value}`) }))}
      onChange={(value) => setColorScheme(value)}
    />
  );
}
