import { IconFilterExclamation } from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import classes from './Views.module.css';

interface Props extends Pick<LinkProps, 'to' | 'search'> {
  name: string;
  current: boolean;
  count: { count: number; more: boolean } | undefined;
  /** Whether what is in it should not be there. */
  alarm?: boolean;
  /** What has to be known of it. */
  note?: string | undefined;
}

/** One view of a list with how much is in it. */
export function ViewLink({ name, current, count, alarm = false, note, ...link }: Props) {
  return (
    <Link
      {...link}
      className={classes.view}
      // Otherwise each view whose filters are among those of the address counts as shown.
      activeOptions={{ exact: true }}
      activeProps={{}}
      aria-current={current ? 'page' : undefined}
      data-alarm={alarm && (count?.count ?? 0) > 0}
    >
      <span className={classes.name}>{name}</span>
      {note && (
        <span className={classes.note} role="img" aria-label={note} title={note}>
          <IconFilterExclamation size={14} aria-hidden />
        </span>
      )}
      <span className={classes.count}>{count && `${count.count}${count.more ? '+' : ''}`}</span>
    </Link>
  );
}
