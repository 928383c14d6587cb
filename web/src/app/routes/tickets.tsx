import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseSearch } from '@/features/ticketing/search';
import { deskRoute } from './desk';

const ticketsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/tickets',
  validateSearch: parseSearch,
  component: lazyRouteComponent(
    () => import('@/features/ticketing/pages/TicketsPage'),
    'TicketsPage',
  ),
});

const noneRoute = createRoute({
  getParentRoute: () => ticketsRoute,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/ticketing/pages/NoTicket'), 'NoTicket'),
});

const newRoute = createRoute({
  getParentRoute: () => ticketsRoute,
  path: '/new',
  validateSearch: ({ conversation }): { conversation?: string } =>
    typeof conversation === 'string' ? { conversation } : {},
  component: lazyRouteComponent(
    () => import('@/features/ticketing/pages/NewTicketPage'),
    'NewTicketPage',
  ),
});

const ticketRoute = createRoute({
  getParentRoute: () => ticketsRoute,
  path: '/$ticketId',
  component: lazyRouteComponent(
    () => import('@/features/ticketing/pages/TicketPage'),
    'TicketPage',
  ),
});

export const ticketRoutes = [ticketsRoute.addChildren([noneRoute, newRoute, ticketRoute])] as const;
