import { ActionIcon, Group, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { NetworkBadge } from './NetworkBadge';
import classes from './PaneHead.module.css';

interface Props extends Pick<LinkProps, 'to' | 'search'> {
  /** What leads back to the list, where that is not beside it. */
  back: string;
  title: ReactNode;
  network: string;
  /** Whom it is about and where that was written. */
  about: string;
  /** What can be done with it. */
  children: ReactNode;
}

/** The head of what was opened from a list. */
export function PaneHead({ back, title, network, about, children, ...list }: Props) {
  return (
    <header className={classes.head}>
      <Group gap="sm" wrap="nowrap" className={classes.what}>
        <ActionIcon
          className={classes.back}
          renderRoot={(props) => <Link {...list} {...props} />}
          aria-label={back}
        >
          <IconArrowLeft size={20} aria-hidden />
        </ActionIcon>
        <div className={classes.names}>
          {title}
          <Group gap={6} wrap="nowrap">
            <NetworkBadge network={network} />
            <Text size="xs" c="dimmed" truncate>
              {about}
            </Text>
          </Group>
        </div>
      </Group>
      {children}
    </header>
  );
}
