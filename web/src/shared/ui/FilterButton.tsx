import { Button, Popover, Stack } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Props {
  /** What the button opens, as its panel is called. */
  title: string;
  /** What it says: the title, or how many filters narrow what is shown. */
  label: string;
  narrowed: boolean;
  width: number;
  children: ReactNode;
}

/** Opens the filters of what is shown; that there are some can be seen without opening it. */
export function FilterButton({ title, label, narrowed, width, children }: Props) {
  return (
    <Popover position="bottom-end" shadow="md" width={width} trapFocus>
      <Popover.Target>
        <Button
          variant={narrowed ? 'light' : 'default'}
          size="xs"
          leftSection={<IconFilter size={15} aria-hidden />}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={title}>
        <Stack gap="sm">{children}</Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
