import { Drawer, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './PostDrawer.module.css';

interface Props {
  title: string;
  beside?: ReactNode;
  children: (close: () => void) => ReactNode;
}

/** Beside the calendar where there is room, else a page of its own; its address is the post's. */
export function PostDrawer({ title, beside, children }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const phone = useMediaQuery('(max-width: 47.99em)');
  const close = () =>
    void navigate({
      from: '/calendar',
      to: '/calendar',
      search: (old) => ({ ...old, at: undefined }),
    });
  return (
    <Drawer.Root
      opened
      position="right"
      size={phone ? '100%' : 'min(1060px, 94vw)'}
      onClose={close}
      transitionProps={{ duration: 0 }}
      classNames={{ content: classes.content ?? '', body: classes.body ?? '' }}
    >
      <Drawer.Overlay />
      <Drawer.Content>
        {/* Drawer.Header would be a second banner of the page. */}
        <div className={classes.head}>
          <Drawer.Title>
            <Text component="span" fw={650} size="lg">
              {title}
            </Text>
          </Drawer.Title>
          {beside}
          <Drawer.CloseButton aria-label={t('close')} />
        </div>
        <Drawer.Body>{children(close)}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
