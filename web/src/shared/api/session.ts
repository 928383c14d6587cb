import { queryOptions, useSuspenseQuery, type QueryClient } from '@tanstack/react-query';
import { api, ask } from './client';
import { hasCode } from './problem';
import type { components } from './schema';
import { chooseWorkspace, currentWorkspace, forgetWorkspace } from './workspace';

export type Who = components['schemas']['WhoView'];
export type Module = components['schemas']['Module'];
export type Right = Who['rights'][number];

export const LEVEL = { none: 0, view: 1, edit: 2, approve: 3, administer: 4 } as const;
export type LevelName = keyof typeof LEVEL;

/** Who is signed in, in which workspace, and what the role there allows. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => {
    try {
      return await whoAmI();
    } catch (error) {
      // A workspace that one has left, or that another account of this browser had chosen.
      if (!currentWorkspace() || !hasCode(error, 'gateway.other_workspace')) throw error;
      forgetWorkspace();
      return whoAmI();
    }
  },
  staleTime: Infinity,
  retry: false,
});

async function whoAmI(): Promise<Who> {
  const who = await ask(api.GET('/api/v1/session'));
  chooseWorkspace(who.workspace_id);
  return who;
}

export interface Session {
  who: Who;
  /** The person's own id; what is assigned to `me` carries it. */
  id: string;
  zone: string;
  locale: string;
  may: (module: Module, level: LevelName) => boolean;
  has: (right: Right) => boolean;
}

/** The session of the desk; only for what is drawn below the desk's route. */
export function useSession(): Session {
  const { data: who } = useSuspenseQuery(sessionQuery);
  return {
    who,
    id: who.actor_id,
    zone: who.person?.time_zone ?? 'UTC',
    locale: who.person?.locale ?? 'en',
    may: (module, level) => (who.levels[module] ?? LEVEL.none) >= LEVEL[level],
    has: (right) => who.rights.includes(right),
  };
}

/** Everything that was fetched belongs to one person in one workspace. */
export function startAnew(client: QueryClient): void {
  client.clear();
}
