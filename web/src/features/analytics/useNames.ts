import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDirectory } from '@/shared/api/directory';
import { sayDay } from '@/shared/lib/days';
import { sayWeekday } from '@/shared/lib/time';
import { usePlace } from '@/shared/ui/Moment';
import { measuredProfilesQuery, type MeasuredProfile } from './queries';
import type { Dimension, Kind } from './search';

export type NameOf = (by: Dimension, key: string | null) => string;

/** `09:00`, as hours of a day are written. */
export function sayHour(hour: number, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { hour: 'numeric', timeZone: 'UTC' });
  return format.format(hour * 3_600_000);
}

/** By its handle, as names repeat. */
export function profileName(profile: MeasuredProfile | undefined): string | undefined {
  return profile?.handle ? `@${profile.handle.replace(/^@/, '')}` : profile?.display_name;
}

/** How the rows of a table are called. */
export function useNames(): NameOf {
  const { t } = useTranslation('analytics');
  const { locale } = usePlace();
  const { nameOf, teamName } = useDirectory();
  const profiles = useQuery(measuredProfilesQuery).data ?? [];
  return (by, key) => {
    if (key === null) return t('top.nobody');
    switch (by) {
      case 'profile':
        return profileName(profiles.find(({ id }) => id === key)) ?? key;
      case 'person':
        return nameOf(key) ?? key.slice(0, 8);
      case 'team':
        return teamName(key) ?? key.slice(0, 8);
      case 'kind':
        return t(`kind.${key as Kind}`, key);
      case 'day':
        return sayDay(key, locale, { weekday: 'short', day: 'numeric', month: 'short' });
      case 'weekday':
        return sayWeekday(Number(key), locale, 'long');
      case 'hour':
        return sayHour(Number(key), locale);
      default:
        return key;
    }
  };
}
