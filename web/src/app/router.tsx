import { createRouter } from '@tanstack/react-router';
import { startAnew } from '@/shared/api/session';
import { Loading } from '@/shared/ui/States';
import { client, onSignedOut } from './client';
import { accountRoutes } from './routes/account';
import { analyticsRoutes } from './routes/analytics';
import { calendarRoutes } from './routes/calendar';
import { deskRoute, unknownRoute } from './routes/desk';
import { entranceRoutes } from './routes/entrance';
import { inboxRoutes } from './routes/inbox';
import { rootRoute } from './routes/root';
import { teamRoutes } from './routes/team';
import { ticketRoutes } from './routes/tickets';
import { Crash } from './shell/Crash';

// A feature adds its routes here, below the desk.
const routeTree = rootRoute.addChildren([
  ...entranceRoutes,
  deskRoute.addChildren([
    ...inboxRoutes,
    ...ticketRoutes,
    ...calendarRoutes,
    ...analyticsRoutes,
    ...teamRoutes,
    ...accountRoutes,
    unknownRoute,
  ]),
]);

export const router = createRouter({
  routeTree,
  context: { client },
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0, // The query cache decides what is fresh.
  defaultErrorComponent: Crash,
  defaultPendingComponent: () => <Loading />,
  scrollRestoration: true,
});

onSignedOut(() => {
  const { href, pathname } = router.state.location;
  if (pathname === '/login') return;
  startAnew(client);
  void router.navigate({ to: '/login', search: { next: href } });
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
