import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { levelIn, type Access } from '../access';
import { MODULES } from '../apiKey';
import { usePermissionTexts } from '../usePermissionTexts';
import classes from './AccessSummary.module.css';
import { LevelPill } from './LevelPill';

/** What somebody may do, all in all. */
export function AccessSummary({ access }: { access: Access }) {
  const { t } = useTranslation('team_directory');
  const say = usePermissionTexts();
  const rights = access.rights.map(say.right).join(', ');
  return (
    <div className={classes.box}>
      <dl className={classes.levels}>
        {MODULES.map((module) => (
          <div key={module}>
            <dt>{t(`keys.module.${module}`)}</dt>
            <dd>
              <LevelPill level={levelIn(access, module)} />
            </dd>
          </div>
        ))}
      </dl>
      <Text size="sm">
        {t('roles.rights')}: {rights || t('team.none')}
      </Text>
      <Text size="sm">
        {t('people.sight')}: {say.sight(access.sight)}
      </Text>
    </div>
  );
}
