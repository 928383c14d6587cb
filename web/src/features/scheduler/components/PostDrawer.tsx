import { Drawer, Group, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './PostDrawer.module.css';

interface Props {
  title: ReactNode;
  beside?: ReactNode;
  children: (close: () => void) => ReactNode;
}

/** Beside the calendar where there is room, else a page of its own; its address is the post's. */
export function PostDrawer({ title, beside, children }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const phone = useMediaQuery('(max-width: 47.99em)');
  const close = () =>
    void navigate({ to: '/calendar', search: (old) => ({ ...old, at: undefined }) });
  return (
    <Drawer
      opened
      position="right"
      size={phone ? '100%' : 'min(1060px, 94vw)'}
      onClose={close}
      transitionProps={{ duration: 0 }}
      classNames={{ content: classes.content ?? '', body: classes.body ?? '' }}
      closeButtonProps={{ 'aria-label': t('close') }}
      title={
        <Group gap="sm">
          <Text fw={650} size="lg">
            {title}
          </Text>
          {beside}
        </Group>
      }
    >
      {children(close)}
    </Drawer>
  );
}
