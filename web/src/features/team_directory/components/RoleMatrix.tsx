import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { levelIn, type Role } from '../access';
import { MODULES } from '../apiKey';
import { roleName } from '../useNames';
import { LevelPill } from './LevelPill';
import classes from './RoleMatrix.module.css';

/** Every role in every module, to be read at one glance; the workspace's own come last. */
export function RoleMatrix({ roles }: { roles: readonly Role[] }) {
  const { t } = useTranslation('team_directory');
  return (
    // It scrolls, and the keyboard scrolls what has the focus.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.scroll} role="region" aria-label={t('roles.title')} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('roles.role')}</th>
            <th scope="col" className={classes.number}>
              {t('roles.holders')}
            </th>
            {MODULES.map((module) => (
              <th key={module} scope="col">
                {t(`keys.module.${module}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {roles.map((role) => (
            <tr key={role.id}>
              <th scope="row">
                <Link to="/team/roles/$roleId" params={{ roleId: role.id }}>
                  {roleName(role)}
                </Link>
                {!role.template && <span className={classes.own}>{t('roles.own')}</span>}
              </th>
              <td className={classes.number}>
                {role.members > 0 && (
                  <Link to="/team/people" search={{ role: role.id }}>
                    {role.members}
                  </Link>
                )}
              </td>
              {MODULES.map((module) => (
                <td key={module}>
                  <LevelPill level={levelIn(role, module)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
