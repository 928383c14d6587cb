import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { Home } from '../shell/Home';
import { deskRoute } from './desk';

const homeRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/',
  component: Home,
});

const accountRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/account',
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/AccountPage'),
    'AccountPage',
  ),
});

const profileRoute = createRoute({
  getParentRoute: () => accountRoute,
  path: '/',
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/ProfilePage'),
    'ProfilePage',
  ),
});

const securityRoute = createRoute({
  getParentRoute: () => accountRoute,
  path: '/security',
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/SecurityPage'),
    'SecurityPage',
  ),
});

const sessionsRoute = createRoute({
  getParentRoute: () => accountRoute,
  path: '/sessions',
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/SessionsPage'),
    'SessionsPage',
  ),
});

const notificationsRoute = createRoute({
  getParentRoute: () => accountRoute,
  path: '/notifications',
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/NotificationsPage'),
    'NotificationsPage',
  ),
});

const keysRoute = createRoute({
  getParentRoute: () => accountRoute,
  path: '/api-keys',
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/ApiKeysPage'),
    'ApiKeysPage',
  ),
});

export const accountRoutes = [
  homeRoute,
  accountRoute.addChildren([
    profileRoute,
    securityRoute,
    notificationsRoute,
    sessionsRoute,
    keysRoute,
  ]),
] as const;
