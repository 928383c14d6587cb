import { Drawer, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useReturnFocus } from '@/shared/lib/useReturnFocus';
import classes from './Sheet.module.css';

interface Props {
  title: ReactNode;
  close: () => void;
  children: ReactNode;
  width?: number;
}

/** One thing of a list, beside it where there is room, else over all of it. */
export function Sheet({ title, close, children, width = 520 }: Props) {
  const { t } = useTranslation();
  useReturnFocus();
  const phone = useMediaQuery('(max-width: 47.99em)');
  return (
    <Drawer.Root
      opened
      position="right"
      size={phone ? '100%' : width}
      onClose={close}
      transitionProps={{ duration: 0 }}
    >
      <Drawer.Overlay backgroundOpacity={0.25} />
      <Drawer.Content>
        {/* Drawer.Header would be a second banner of the page. */}
        <div className={classes.head}>
          <Drawer.Title className={classes.title ?? ''}>
            <Text component="span" fw={650} size="lg">
              {title}
            </Text>
          </Drawer.Title>
          <Drawer.CloseButton aria-label={t('close')} />
        </div>
        <Drawer.Body p="lg">{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
