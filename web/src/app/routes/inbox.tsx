import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseSearch } from '@/features/inbox/search';
import { deskRoute } from './desk';

const inboxRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/inbox',
  validateSearch: parseSearch,
  component: lazyRouteComponent(() => import('@/features/inbox/pages/InboxPage'), 'InboxPage'),
});

const noneRoute = createRoute({
  getParentRoute: () => inboxRoute,
  path: '/',
  component: lazyRouteComponent(
    () => import('@/features/inbox/pages/NoConversation'),
    'NoConversation',
  ),
});

const conversationRoute = createRoute({
  getParentRoute: () => inboxRoute,
  path: '/$conversationId',
  component: lazyRouteComponent(
    () => import('@/features/inbox/pages/ConversationPage'),
    'ConversationPage',
  ),
});

export const inboxRoutes = [inboxRoute.addChildren([noneRoute, conversationRoute])] as const;
