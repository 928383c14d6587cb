import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { api, ask } from '@/shared/api/client';
import { rootRoute } from './root';

interface LoginSearch {
  /** The address to go on to; only ever one of our own. */
  next?: string;
}

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: (search): LoginSearch => {
    const { next } = search;
    return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? { next } : {};
  },
  beforeLoad: async () => {
    if ((await ask(api.GET('/api/v1/setup'))).needed) throw redirect({ to: '/setup' });
  },
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/LoginPage'),
    'LoginPage',
  ),
});

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  beforeLoad: async () => {
    if (!(await ask(api.GET('/api/v1/setup'))).needed) throw redirect({ to: '/login' });
  },
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/SetupPage'),
    'SetupPage',
  ),
});

const joinRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/join/$token',
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/JoinPage'),
    'JoinPage',
  ),
});

const forgottenRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgotten',
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/ForgottenPage'),
    'ForgottenPage',
  ),
});

const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset/$token',
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/ResetPage'),
    'ResetPage',
  ),
});

export const entranceRoutes = [
  loginRoute,
  setupRoute,
  joinRoute,
  forgottenRoute,
  resetRoute,
] as const;
