import {
  IconAlertSquareRounded,
  IconAntennaBars2,
  IconAntennaBars3,
  IconAntennaBars5,
  type Icon,
} from '@tabler/icons-react';
import type { Priority } from '../search';
import classes from './Signs.module.css';

const SIGNS: Record<Priority, Icon> = {
  urgent: IconAlertSquareRounded,
  high: IconAntennaBars5,
  normal: IconAntennaBars3,
  low: IconAntennaBars2,
};

export function PrioritySign({ priority, size = 15 }: { priority: Priority; size?: number }) {
  const Sign = SIGNS[priority];
  return <Sign size={size} className={classes.priority} data-priority={priority} aria-hidden />;
}
