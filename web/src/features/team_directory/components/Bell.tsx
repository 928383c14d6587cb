import { ActionIcon, Indicator } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '@/shared/lib/commands';
import { unreadQuery } from '../notificationQueries';

const Notifications = lazy(async () => ({
  default: (await import('./Notifications')).Notifications,
}));

/** How many notifications are unread, and the way to them. */
export function Bell() {
  const { t } = useTranslation();
  const [opened, drawer] = useDisclosure(false);
  const unread = useQuery(unreadQuery).data;
  const count = unread?.unread ?? 0;
  const label = t('bell.label', { count });
  useCommands([
    { id: 'bell', label: t('bell.title'), section: t('palette.go'), keys: 'b', run: drawer.open },
  ]);
  return (
    <>
      <Indicator
        label={`${count}${unread?.more ? '+' : ''}`}
        disabled={count === 0}
        size={17}
        offset={5}
        color="red.8"
      >
        <ActionIcon
          variant="transparent"
          c="inherit"
          size={36}
          aria-label={label}
          title={label}
          onClick={drawer.open}
        >
          <IconBell size={20} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Indicator>
      <Suspense>{opened && <Notifications close={drawer.close} />}</Suspense>
    </>
  );
}
