import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { sectionsFor } from '../sections';
import classes from './TeamPage.module.css';

/** On a phone the parts lie side by side and the open one may lie outside. */
function useActiveInView() {
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center' });
  }, [pathname]);
  return nav;
}

/** The frame of the team area: its parts at the side, and the one that is open. */
export function TeamPage() {
  const { t } = useTranslation(['team_directory', 'common']);
  const session = useSession();
  const nav = useActiveInView();
  return (
    <div className={classes.area}>
      <nav ref={nav} className={classes.nav} aria-label={t('team.sections')}>
        <p className={classes.title}>{t('common:nav.team')}</p>
        {sectionsFor(session).map((group) => (
          <section
            key={group.name}
            className={classes.group}
            aria-label={t(`team.group.${group.name}`)}
          >
            <p className={classes.heading} aria-hidden>
              {t(`team.group.${group.name}`)}
            </p>
            {group.sections.map(({ name, to }) => (
              <Link
                key={name}
                to={to}
                className={classes.link}
                activeProps={{ 'aria-current': 'page' }}
              >
                {t(`common:teamSection.${name}`)}
              </Link>
            ))}
          </section>
        ))}
      </nav>
      <div className={classes.content}>
        <Outlet />
      </div>
    </div>
  );
}
