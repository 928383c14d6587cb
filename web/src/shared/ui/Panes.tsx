import { VisuallyHidden } from '@mantine/core';
import { Outlet } from '@tanstack/react-router';
import { Suspense, type ReactNode } from 'react';
import classes from './Panes.module.css';
import { Loading } from './States';

interface Props {
  title: string;
  views: { label: string; shown: ReactNode };
  list: { label: string; shown: ReactNode };
  /** Whether something of the list is open. */
  open: boolean;
}

/** Three panes: views, the list, one of it; a phone shows one of the last two. */
export function Panes({ title, views, list, open }: Props) {
  return (
    <div className={classes.panes} data-open={open}>
      <VisuallyHidden component="h1">{title}</VisuallyHidden>
      <aside className={classes.views} aria-label={views.label}>
        {views.shown}
      </aside>
      <section className={classes.list} aria-label={list.label}>
        {list.shown}
      </section>
      <div className={classes.pane}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </div>
    </div>
  );
}
