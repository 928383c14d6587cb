import { Radio } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSession, type Module } from '@/shared/api/session';
import { LEVEL_NUMBERS, type LevelNumber } from '../access';
import { MODULES } from '../apiKey';
import type { RoleDraft } from '../roles';
import { usePermissionTexts } from '../usePermissionTexts';
import classes from './LevelTable.module.css';

interface Props {
  draft: RoleDraft;
  change?: (some: Partial<RoleDraft>) => void;
}

/** How far a role goes in each module; each level includes the ones before it. */
export function LevelTable({ draft, change }: Props) {
  const { t } = useTranslation('team_directory');
  const say = usePermissionTexts();
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('roles.module')}</th>
            {LEVEL_NUMBERS.map((level) => (
              <th key={level} scope="col">
                {t(`keys.level.${level}`)}
                <span className={classes.about}>{say.level(level)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {MODULES.map((module) => (
            <tr key={module}>
              <th scope="row">
                {t(`keys.module.${module}`)}
                <span className={classes.about}>{say.module(module)}</span>
              </th>
              {LEVEL_NUMBERS.map((level) => (
                <td key={level} data-reached={level > 0 && level <= draft.levels[module]}>
                  <Cell
                    module={module}
                    level={level}
                    chosen={draft.levels[module] === level}
                    {...(change && {
                      choose: () => change({ levels: { ...draft.levels, [module]: level } }),
                    })}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps {
  module: Module;
  level: LevelNumber;
  chosen: boolean;
  choose?: () => void;
}

function Cell({ module, level, chosen, choose }: CellProps) {
  const { t } = useTranslation('team_directory');
  const { who } = useSession();
  const name = `${t(`keys.module.${module}`)}: ${t(`keys.level.${level}`)}`;
  if (!choose) {
    if (!chosen) return null;
    return <IconCheck size={17} stroke={2.6} role="img" aria-label={name} />;
  }
  return (
    <Radio
      name={`level-${module}`}
      aria-label={name}
      checked={chosen}
      disabled={level > (who.levels[module] ?? 0)}
      onChange={choose}
    />
  );
}
