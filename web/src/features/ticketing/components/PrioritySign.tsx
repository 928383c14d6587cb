import {
  IconChevronDown,
  IconChevronsUp,
  IconChevronUp,
  IconMinus,
  type Icon,
} from '@tabler/icons-react';
import type { Priority } from '../search';
import classes from './Signs.module.css';

const SIGNS: Record<Priority, Icon> = {
  urgent: IconChevronsUp,
  high: IconChevronUp,
  normal: IconMinus,
  low: IconChevronDown,
};

export function PrioritySign({ priority, size = 15 }: { priority: Priority; size?: number }) {
  const Sign = SIGNS[priority];
  return <Sign size={size} className={classes.priority} data-priority={priority} aria-hidden />;
}
