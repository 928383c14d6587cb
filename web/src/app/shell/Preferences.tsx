import { Menu, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, languageOf, type Language } from '@/shared/lib/i18n';
import { useSaveLanguage } from './useSaveLanguage';

/** Language and appearance; loaded when the menu is opened. */
export function Preferences() {
  const { t, i18n } = useTranslation();
  const saveLanguage = useSaveLanguage();
  return (
    <>
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
    </>
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
