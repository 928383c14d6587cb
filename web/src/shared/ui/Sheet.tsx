import { Drawer, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '@/shared/lib/usePhone';
import { useReturnFocus } from '@/shared/lib/useReturnFocus';
import classes from './Sheet.module.css';

interface Props {
  title: ReactNode;
  /** What is said of it in small below its title. */
  about?: ReactNode;
  /** How it stands, beside its title. */
  beside?: ReactNode;
  close: () => void;
  children: ReactNode;
  width?: number | string;
  /** The content takes all of the height, and scrolls by itself. */
  fill?: boolean;
}

/** One thing of a list, beside it where there is room, else over all of it. */
export function Sheet(props: Props) {
  const { title, about, beside, close, children, width = 520, fill } = props;
  const { t } = useTranslation();
  const phone = usePhone();
  useReturnFocus();
  return (
    <Drawer.Root
      opened
      position="right"
      size={phone ? '100%' : width}
      onClose={close}
      transitionProps={{ duration: 0 }}
      {...(fill && { classNames: { content: classes.column ?? '', body: classes.rest ?? '' } })}
    >
      <Drawer.Overlay backgroundOpacity={0.25} />
      <Drawer.Content>
        {/* Drawer.Header would be a second banner of the page. */}
        <div className={classes.head}>
          <div className={classes.words}>
            <Drawer.Title>
              <Text component="span" fw={650} size="lg">
                {title}
              </Text>
            </Drawer.Title>
            {about}
          </div>
          {beside}
          <Drawer.CloseButton aria-label={t('close')} />
        </div>
        <Drawer.Body p={fill ? 0 : 'lg'}>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
