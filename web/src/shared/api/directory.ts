/** Who the colleagues are: names for the ids that every service knows people and teams by. */

import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, ask } from './client';
import type { components } from './schema';
import { useSession } from './session';

export type Colleague = components['schemas']['MemberSummary'];
export type Team = components['schemas']['TeamView'];

const PAGE = 200;

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: async () => {
    const people: Colleague[] = [];
    let cursor: string | null = null;
    do {
      const query: { limit: number; cursor: string | null } = { limit: PAGE, cursor };
      const page: components['schemas']['Page_MemberSummary_'] = await ask(
        api.GET('/api/v1/team/members', { params: { query } }),
      );
      people.push(...page.items);
      cursor = page.next_cursor ?? null;
    } while (cursor);
    return people;
  },
  staleTime: 300_000,
});

export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: () => ask(api.GET('/api/v1/team/teams')),
  staleTime: 300_000,
});

export interface Directory {
  people: readonly Colleague[];
  teams: readonly Team[];
  /** Nobody's name is known yet. */
  pending: boolean;
  /** Undefined for who has left, or where the role does not show the directory. */
  nameOf: (id: string) => string | undefined;
  teamName: (id: string) => string | undefined;
}

export function useDirectory(): Directory {
  const { may, id: own, who } = useSession();
  const enabled = may('directory', 'view');
  const { data: people = [], isLoading: pending } = useQuery({ ...peopleQuery, enabled });
  const teams = useQuery({ ...teamsQuery, enabled }).data ?? [];
  return {
    people,
    teams,
    pending,
    nameOf: (id) =>
      id === own ? who.person?.name : people.find((person) => person.id === id)?.name,
    teamName: (id) => teams.find((team) => team.id === id)?.name,
  };
}
