import { useTranslation } from 'react-i18next';
import type { Line } from '@/shared/lib/draft';
import { MODULES } from './apiKey';
import { RIGHTS, type RoleDraft } from './roles';
import { usePermissionTexts } from './usePermissionTexts';

/** All that a role says, in words, one line for each thing that can be changed alone. */
export function useRoleLines(): (draft: RoleDraft) => Line[] {
  const { t } = useTranslation('team_directory');
  const say = usePermissionTexts();
  return ({ name, duties, levels, rights, sight }) => [
    { label: t('people.name'), value: name },
    { label: t('roles.duties'), value: duties },
    ...MODULES.map((module) => ({
      label: t(`keys.module.${module}`),
      value: t(`keys.level.${levels[module]}`),
    })),
    ...RIGHTS.map((right) => ({
      label: say.right(right),
      value: t(rights.includes(right) ? 'roles.allowed' : 'roles.refused'),
    })),
    { label: t('people.sight'), value: say.sight(sight) },
  ];
}
