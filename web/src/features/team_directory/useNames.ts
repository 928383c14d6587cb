import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDirectory } from '@/shared/api/directory';
import { useSession } from '@/shared/api/session';
import { inLanguage } from '@/shared/lib/i18n';
import { networkLabel } from '@/shared/ui/NetworkBadge';
import type { Role } from './access';
import { profilesQuery, rolesQuery } from './queries';

export interface Choice {
  value: string;
  label: string;
}

/** Roles, teams and profiles by name, in the reader's language, as far as they may see them. */
export function useNames() {
  const { t } = useTranslation('team_directory');
  const { may } = useSession();
  const { people, teams, nameOf, pending } = useDirectory();
  const roles = useQuery({ ...rolesQuery, enabled: may('directory', 'view') }).data ?? [];
  const profiles = useQuery({ ...profilesQuery, enabled: may('profiles', 'view') }).data ?? [];
  const choices = {
    roles: roles.map((role): Choice => ({ value: role.id, label: roleName(role) })),
    teams: teams.map(({ id, name }): Choice => ({ value: id, label: name })),
    people: people.map(({ id, name }): Choice => ({ value: id, label: name })),
    profiles: profiles
      .filter(({ state }) => state !== 'connecting')
      .map(({ id, handle, network }): Choice => ({
        value: id,
        label: `@${handle} · ${networkLabel(network)}`,
      })),
  };
  const namesOf = (kind: keyof typeof choices, ids: readonly string[]) => {
    const named = ids.map((id) => choices[kind].find((each) => each.value === id)?.label);
    return named.map((name) => name ?? t('team.unknown'));
  };
  return {
    choices,
    roles,
    namesOf,
    personName: (id: string) => nameOf(id) ?? (pending ? '…' : t('team.left')),
    /** A list for people to read; a word where it is empty. */
    listOf: (kind: keyof typeof choices, ids: readonly string[]) =>
      namesOf(kind, ids).join(', ') || t('team.none'),
    /** Null means no limit. */
    profilesOf: (ids: readonly string[] | null) =>
      ids === null ? t('team.allProfiles') : namesOf('profiles', ids).join(', ') || t('team.none'),
  };
}

export function roleName(role: Pick<Role, 'name'>): string {
  return inLanguage(role.name);
}
