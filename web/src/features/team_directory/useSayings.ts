import { useTranslation } from 'react-i18next';
import type { Right } from '@/shared/api/session';
import { fullTime } from '@/shared/lib/time';
import { usePlace } from '@/shared/ui/Moment';
import type { Sight } from './access';
import type { Sayings } from './audit';
import { sayOr } from './sayOr';
import { useNames } from './useNames';
import { usePermissionTexts } from './usePermissionTexts';

/** How what stands in the audit log is said to this reader. */
export function useSayings(): Sayings {
  const { t } = useTranslation('team_directory');
  const place = usePlace();
  const { listOf } = useNames();
  const permission = usePermissionTexts();
  return {
    field: (name) => sayOr(`audit.field.${name}`, name.replaceAll('_', ' ')),
    module: (module) => t(`keys.module.${module}`),
    level: (level) => t(`keys.level.${level}`),
    word: (name, value) => {
      if (name === 'sight') return permission.sight(value as Sight) || value;
      if (name === 'rights') return permission.right(value as Right) || value;
      return sayOr(`audit.${name}.${value}`, value);
    },
    names: listOf,
    moment: (at) => fullTime(at, place),
    yes: t('audit.yes'),
    no: t('audit.no'),
    none: t('team.none'),
    allProfiles: t('team.allProfiles'),
  };
}
