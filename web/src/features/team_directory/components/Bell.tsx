import { ActionIcon, Drawer, Indicator, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '@/shared/lib/commands';
import { Loading } from '@/shared/ui/States';
import { unreadQuery } from '../notificationQueries';
import classes from './Bell.module.css';

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
      <Drawer.Root opened={opened} onClose={drawer.close} position="right" size={420}>
        <Drawer.Overlay />
        <Drawer.Content>
          {/* Drawer.Header would be a second banner of the page. */}
          <div className={classes.head}>
            <Drawer.Title>
              <Text component="span" fw={650} size="lg">
                {t('bell.title')}
              </Text>
            </Drawer.Title>
            <Drawer.CloseButton aria-label={t('close')} />
          </div>
          <Drawer.Body>
            <Suspense fallback={<Loading />}>
              <Notifications close={drawer.close} />
            </Suspense>
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
    </>
  );
}
