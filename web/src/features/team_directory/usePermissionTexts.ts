import { useQuery } from '@tanstack/react-query';
import type { Module, Right } from '@/shared/api/session';
import { useSession } from '@/shared/api/session';
import { inLanguage } from '@/shared/lib/i18n';
import type { LevelNumber, Sight } from './access';
import { permissionsQuery } from './queries';

/** What modules, levels, rights and sights mean, in the words of the service that enforces them. */
export function usePermissionTexts() {
  const enabled = useSession().may('directory', 'view');
  const { data } = useQuery({ ...permissionsQuery, enabled });
  const say = (kind: 'modules' | 'levels' | 'rights' | 'sights', key: string) => {
    const found = data?.[kind].find((each) => each.key === key);
    return found ? inLanguage(found.text) : '';
  };
  return {
    module: (module: Module) => say('modules', module),
    level: (level: LevelNumber) => say('levels', String(level)),
    right: (right: Right) => say('rights', right),
    sight: (sight: Sight) => say('sights', sight),
  };
}
