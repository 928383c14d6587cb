import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import classes from './Navigation.module.css';
import { AREAS } from './navigation';

export function Navigation({ className }: { className: string | undefined }) {
  const { t } = useTranslation();
  const session = useSession();
  const areas = AREAS.filter((area) => session.may(area.module, 'view'));
  return (
    <nav className={className} aria-label={t('nav.label')}>
      {areas.map(({ name, to, icon: Sign }) => (
        <Link key={name} to={to} className={classes.link} activeProps={{ 'aria-current': 'page' }}>
          <span className={classes.pill}>
            <Sign size={21} stroke={1.7} aria-hidden />
          </span>
          <span className={classes.label}>{t(`nav.${name}`)}</span>
        </Link>
      ))}
    </nav>
  );
}
