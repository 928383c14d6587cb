import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { ProblemError } from '@/shared/api/problem';
import { sessionQuery } from '@/shared/api/session';
import { languageOf, speak } from '@/shared/lib/i18n';
import { NotFound } from '../shell/NotFound';
import { rootRoute } from './root';

/** Everything that only somebody who is signed in may see. */
export const deskRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'desk',
  beforeLoad: async ({ context, location }) => {
    try {
      const who = await context.client.query({ ...sessionQuery, staleTime: 'static' });
      await speak(languageOf(who.person?.locale ?? 'en'));
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status !== 401) throw error;
      throw redirect({ to: '/login', search: { next: location.href } });
    }
  },
  component: lazyRouteComponent(() => import('../shell/Shell'), 'Shell'),
});

/** An address that nothing else knows. */
export const unknownRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '$',
  component: NotFound,
});
