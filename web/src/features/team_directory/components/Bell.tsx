import { ActionIcon, Drawer, Indicator } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '@/shared/lib/commands';
import { Loading } from '@/shared/ui/States';
import { unreadQuery } from '../notificationQueries';

const Notifications = lazy(async () => {
  const { Notifications: drawn } = await import('./Notifications');
  return { default: drawn };
});

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
      <Drawer
        opened={opened}
        onClose={drawer.close}
        position="right"
        size={420}
        title={t('bell.title')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <Suspense fallback={<Loading />}>
          <Notifications close={drawer.close} />
        </Suspense>
      </Drawer>
    </>
  );
}
