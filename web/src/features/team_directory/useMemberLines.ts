import { useTranslation } from 'react-i18next';
import type { Line } from '@/shared/lib/draft';
import type { MemberDraft } from './access';
import { useNames } from './useNames';
import { usePermissionTexts } from './usePermissionTexts';

/** What can be changed of a member, in words. */
export function useMemberLines(): (draft: MemberDraft) => Line[] {
  const { t } = useTranslation('team_directory');
  const { listOf, profilesOf } = useNames();
  const say = usePermissionTexts();
  return (draft) => [
    { label: t('people.name'), value: draft.name },
    { label: t('people.roles'), value: listOf('roles', draft.role_ids) },
    { label: t('people.teams'), value: listOf('teams', draft.team_ids) },
    { label: t('people.profiles'), value: profilesOf(draft.profile_ids) },
    {
      label: t('people.sight'),
      value: draft.sight ? say.sight(draft.sight) : t('people.sightByRole'),
    },
    { label: t('people.skills'), value: draft.skills.join(', ') || t('team.none') },
    { label: t('people.languages'), value: draft.languages.join(', ') || t('team.none') },
  ];
}
