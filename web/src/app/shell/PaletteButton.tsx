import { ActionIcon } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { IconCommand } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export function PaletteButton() {
  const { t } = useTranslation();
  const label = t('palette.open');
  return (
    <ActionIcon
      variant="transparent"
      c="inherit"
      size={36}
      aria-label={label}
      title={label}
      onClick={spotlight.open}
    >
      <IconCommand size={20} stroke={1.7} aria-hidden />
    </ActionIcon>
  );
}
