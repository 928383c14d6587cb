import { Link } from '@tanstack/react-router';
import type { components } from '@/shared/api/schema';
import type { InboxSearch } from '../search';
import classes from '@/shared/ui/Views.module.css';

interface Props {
  name: string;
  search: InboxSearch;
  current: boolean;
  count: components['schemas']['Count'] | undefined;
}

/** One view with how much is in it. */
export function ViewLink({ name, search, current, count }: Props) {
  return (
    <Link
      to="/inbox"
      search={search}
      className={classes.view}
      // Otherwise each view whose filters are among those of the address counts as shown.
      activeOptions={{ exact: true }}
      activeProps={{}}
      aria-current={current ? 'page' : undefined}
    >
      <span className={classes.name}>{name}</span>
      <span className={classes.count}>{count && `${count.count}${count.more ? '+' : ''}`}</span>
    </Link>
  );
}
