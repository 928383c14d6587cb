import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readSearch } from '@/features/analytics/search';
import { deskRoute } from './desk';

const analyticsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/analytics',
  validateSearch: readSearch,
  component: lazyRouteComponent(
    () => import('@/features/analytics/pages/AnalyticsPage'),
    'AnalyticsPage',
  ),
});

const overviewRoute = createRoute({
  getParentRoute: () => analyticsRoute,
  path: '/',
  component: lazyRouteComponent(
    () => import('@/features/analytics/pages/OverviewPage'),
    'OverviewPage',
  ),
});

const breakdownRoute = createRoute({
  getParentRoute: () => analyticsRoute,
  path: '/breakdown',
  component: lazyRouteComponent(
    () => import('@/features/analytics/pages/BreakdownPage'),
    'BreakdownPage',
  ),
});

const networksRoute = createRoute({
  getParentRoute: () => analyticsRoute,
  path: '/networks',
  component: lazyRouteComponent(
    () => import('@/features/analytics/pages/NetworksPage'),
    'NetworksPage',
  ),
});

export const analyticsRoutes = [
  analyticsRoute.addChildren([overviewRoute, breakdownRoute, networksRoute]),
] as const;
