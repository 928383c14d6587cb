import {
  IconChevronDown,
  IconChevronsUp,
  IconChevronUp,
  IconMinus,
  type Icon,
} from '@tabler/icons-react';
import type { Priority } from '@/shared/lib/priorities';
import classes from './PrioritySign.module.css';

const SIGNS: Record<Priority, Icon> = {
  urgent: IconChevronsUp,
  high: IconChevronUp,
  normal: IconMinus,
  low: IconChevronDown,
};

/** How urgent something is; its word stands beside it or in its label. */
export function PrioritySign({ priority, size = 15 }: { priority: Priority; size?: number }) {
  const Sign = SIGNS[priority];
  return <Sign size={size} className={classes.priority} data-priority={priority} aria-hidden />;
}
