import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { NoPermission } from './States';
import classes from './Section.module.css';

export interface SectionProps {
  title: ReactNode;
  /** Where it came from, above the title. */
  back?: ReactNode;
  text?: ReactNode;
  action?: ReactNode;
  /** Who may not open it sees that, and not the content. */
  allowed: boolean;
  children: ReactNode;
}

/** One part of an area: what it is, what can be done, and its content. */
export function Section({ title, back, text, action, allowed, children }: SectionProps) {
  return (
    <div className={classes.section}>
      <Group justify="space-between" align="flex-start" gap="sm" mb="lg">
        <div className={classes.words}>
          {back}
          <Title order={1} size="h2">
            {title}
          </Title>
          {text && (
            <Text size="sm" c="dimmed" maw={640} component="div" mt={2}>
              {text}
            </Text>
          )}
        </div>
        {allowed && action}
      </Group>
      {allowed ? children : <NoPermission />}
    </div>
  );
}
