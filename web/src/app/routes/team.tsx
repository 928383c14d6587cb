import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import type { Outcome } from '@/features/team_directory/components/ConnectionOutcome';
import type { PeopleSearch } from '@/features/team_directory/queries';
import { readAuditSearch, readLogSearch } from '@/features/team_directory/search';
import { deskRoute } from './desk';

/** The named texts of an address; what is empty is left out. */
function texts<Name extends string>(...names: Name[]) {
  return (search: Record<string, unknown>): Partial<Record<Name, string>> => {
    const given = names.map((name) => [name, search[name]] as const);
    return Object.fromEntries(
      given.filter(([, value]) => typeof value === 'string' && value !== ''),
    ) as Partial<Record<Name, string>>;
  };
}

const teamRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/team',
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/TeamPage'),
    'TeamPage',
  ),
});

const startRoute = createRoute({
  getParentRoute: () => teamRoute,
  path: '/',
  beforeLoad: () => redirect({ to: '/team/people', throw: true }),
});

const peopleRoute = createRoute({
  getParentRoute: () => teamRoute,
  path: '/people',
  validateSearch: (search): PeopleSearch => texts('text', 'role', 'team')(search),
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/PeoplePage'),
    'PeoplePage',
  ),
});

const memberRoute = createRoute({
  getParentRoute: () => peopleRoute,
  path: '/$memberId',
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/MemberPage'),
    'MemberPage',
  ),
});

const invitationsRoute = createRoute({
  getParentRoute: () => teamRoute,
  path: '/invitations',
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/InvitationsPage'),
    'InvitationsPage',
  ),
});

const inviteRoute = createRoute({
  getParentRoute: () => invitationsRoute,
  path: '/new',
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/InvitePage'),
    'InvitePage',
  ),
});

const teamsRoute = createRoute({
  getParentRoute: () => teamRoute,
  path: '/teams',
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/TeamsPage'),
    'TeamsPage',
  ),
});

const oneTeamRoute = createRoute({
  getParentRoute: () => teamsRoute,
  path: '/$teamId',
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/OneTeamPage'),
    'OneTeamPage',
  ),
});

const rolesRoute = createRoute({
  getParentRoute: () => teamRoute,
  path: '/roles',
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/RolesPage'),
    'RolesPage',
  ),
});

const roleRoute = createRoute({
  getParentRoute: () => teamRoute,
  path: '/roles/$roleId',
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/RolePage'),
    'RolePage',
  ),
});

const profilesRoute = createRoute({
  getParentRoute: () => teamRoute,
  path: '/profiles',
  validateSearch: (search): Outcome => texts('connected', 'problem')(search),
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/ProfilesPage'),
    'ProfilesPage',
  ),
});

const connectRoute = createRoute({
  getParentRoute: () => profilesRoute,
  path: '/connect',
  validateSearch: texts('network'),
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/ConnectPage'),
    'ConnectPage',
  ),
});

const profileRoute = createRoute({
  getParentRoute: () => profilesRoute,
  path: '/$profileId',
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/ConnectedProfilePage'),
    'ConnectedProfilePage',
  ),
});

const webhooksRoute = createRoute({
  getParentRoute: () => teamRoute,
  path: '/webhooks',
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/WebhooksPage'),
    'WebhooksPage',
  ),
});

const newWebhookRoute = createRoute({
  getParentRoute: () => webhooksRoute,
  path: '/new',
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/NewWebhookPage'),
    'NewWebhookPage',
  ),
});

const webhookRoute = createRoute({
  getParentRoute: () => teamRoute,
  path: '/webhooks/$webhookId',
  validateSearch: readLogSearch,
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/WebhookPage'),
    'WebhookPage',
  ),
});

const levelsRoute = createRoute({
  getParentRoute: () => teamRoute,
  path: '/service-levels',
  validateSearch: texts('calendar', 'policy'),
  component: lazyRouteComponent(
    () => import('@/features/ticketing/pages/ServiceLevelsPage'),
    'ServiceLevelsPage',
  ),
});

const auditRoute = createRoute({
  getParentRoute: () => teamRoute,
  path: '/audit',
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/AuditPage'),
    'AuditPage',
  ),
});

const lettersRoute = createRoute({
  getParentRoute: () => teamRoute,
  path: '/not-handled',
  component: lazyRouteComponent(
    () => import('@/features/team_directory/pages/LettersPage'),
    'LettersPage',
  ),
});

export const teamRoutes = [
  teamRoute.addChildren([
    startRoute,
    peopleRoute.addChildren([memberRoute]),
    invitationsRoute.addChildren([inviteRoute]),
    teamsRoute.addChildren([oneTeamRoute]),
    rolesRoute,
    roleRoute,
    profilesRoute.addChildren([connectRoute, profileRoute]),
    webhooksRoute.addChildren([newWebhookRoute]),
    webhookRoute,
    levelsRoute,
    auditRoute,
    lettersRoute,
  ]),
] as const;
