import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/ui/Moment';
import { NetworkBadge } from '@/shared/ui/NetworkBadge';
import { sayCount, sayShare } from '../figures';
import { growthQuery } from '../networkQueries';
import type { MeasuredProfile } from '../queries';
import { profileName } from '../useNames';
import { clean, useReport } from '../useReport';
import classes from './ProfileCards.module.css';

/** The profiles to choose from, each with its followers and how they grew in the period. */
export function ProfileCards({ profiles }: { profiles: readonly MeasuredProfile[] }) {
  const { t } = useTranslation('analytics');
  return (
    <ul className={classes.cards} aria-label={t('networks.profiles')}>
      {profiles.map((profile) => (
        <li key={profile.id}>
          <ProfileCard profile={profile} />
        </li>
      ))}
    </ul>
  );
}

function ProfileCard({ profile }: { profile: MeasuredProfile }) {
  const { t } = useTranslation('analytics');
  const { search, locale, part } = useReport();
  const chosen = search.network === profile.id;
  const followers = profile.measures.find(({ metric }) => metric === 'followers');
  return (
    <Link
      to={part}
      search={clean({ ...search, network: chosen ? undefined : profile.id })}
      resetScroll={false}
      className={classes.card}
      aria-current={chosen}
    >
      <span className={classes.name}>
        <NetworkBadge network={profile.network} size={16} />
        {profileName(profile)}
      </span>
      <span className={classes.large}>
        {followers ? sayCount(followers.value, locale) : '–'}
        {followers && <span className={classes.unit}>{t('networks.followers')}</span>}
      </span>
      {followers ? (
        <Grown profile={profile} />
      ) : (
        <span className={classes.quiet}>{t('networks.untold')}</span>
      )}
      {profile.measured_at && (
        <span className={classes.quiet}>
          {t('networks.measured')} <Moment at={profile.measured_at} as="ago" />
        </span>
      )}
      {profile.problem && <span className={classes.problem}>{t('networks.problem')}</span>}
    </Link>
  );
}

function Grown({ profile }: { profile: MeasuredProfile }) {
  const { t } = useTranslation('analytics');
  const { period, locale } = useReport();
  const found = useQuery(growthQuery(profile.id, period));
  if (found.error && !found.data) {
    // It stands in a link, so there is no place for pressing something else.
    return <span className={classes.problem}>{t('networks.growthFailed')}</span>;
  }
  if (!found.data) return <Skeleton height={12} width={110} />;
  const grown = found.data.find(({ metric }) => metric === 'followers')?.period;
  if (!grown) return <span className={classes.quiet}>{t('networks.since')}</span>;
  const sign = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' }).format(grown.change);
  const rate = grown.rate === null ? '' : ` (${sayShare(grown.rate, locale)})`;
  return <span className={classes.grown}>{t('networks.grown', { change: sign + rate })}</span>;
}
