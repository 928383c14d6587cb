import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/shared/ui/States';

export function NotFound() {
  const { t } = useTranslation();
  const home = (
    <Button component={Link} to="/" variant="default">
      {t('notFound.home')}
    </Button>
  );
  return (
    <Empty icon={IconMapOff} title={t('notFound.title')} action={home} order={1}>
      {t('notFound.text')}
    </Empty>
  );
}
