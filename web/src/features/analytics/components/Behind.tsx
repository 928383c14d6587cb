import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Measure, Metric } from '../search';
import { clean, useReport } from '../useReport';
import classes from './Behind.module.css';

interface Props {
  metric: Metric;
  measure?: Measure | undefined;
  cell?: string[];
  children: ReactNode;
  label?: string;
  className?: string | undefined;
  tabIndex?: number;
}

/** Leads from a number to the items behind it. */
export function Behind({ metric, measure, cell, children, label, className, tabIndex }: Props) {
  const { search, part } = useReport();
  return (
    <Link
      to={part}
      search={clean({ ...search, behind: metric, measure, cell })}
      resetScroll={false}
      preload={false}
      className={className ?? classes.behind}
      aria-label={label}
      tabIndex={tabIndex}
    >
      {children}
    </Link>
  );
}
