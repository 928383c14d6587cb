import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readSearch } from '@/features/scheduler/search';
import { deskRoute } from './desk';

const calendarRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/calendar',
  validateSearch: readSearch,
  component: lazyRouteComponent(
    () => import('@/features/scheduler/pages/CalendarPage'),
    'CalendarPage',
  ),
});

const newPostRoute = createRoute({
  getParentRoute: () => calendarRoute,
  path: '/posts/new',
  component: lazyRouteComponent(
    () => import('@/features/scheduler/pages/NewPostPage'),
    'NewPostPage',
  ),
});

const postRoute = createRoute({
  getParentRoute: () => calendarRoute,
  path: '/posts/$postId',
  component: lazyRouteComponent(() => import('@/features/scheduler/pages/PostPage'), 'PostPage'),
});

export const calendarRoutes = [calendarRoute.addChildren([newPostRoute, postRoute])] as const;
