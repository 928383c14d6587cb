import { useTranslation } from 'react-i18next';
import type { LevelNumber } from '../access';
import classes from './LevelPill.module.css';

/** How far a role goes in a module: the further, the stronger the colour. */
export function LevelPill({ level }: { level: LevelNumber }) {
  const { t } = useTranslation('team_directory');
  return (
    <span className={classes.pill} data-level={level}>
      {t(`keys.level.${level}`)}
    </span>
  );
}
