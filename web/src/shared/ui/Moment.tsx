import { useSession } from '@/shared/api/session';
import { regionalLocale } from '@/shared/lib/i18n';
import { useNow } from '@/shared/lib/useNow';
import { ago, fullTime, shortTime, type Place } from '@/shared/lib/time';

/** The reader's language and zone, for everything that says when. */
export function usePlace(): Place {
  return { locale: regionalLocale(), zone: useSession().zone };
}

interface Props {
  at: string;
  /** `ago`: how long ago; `short`: the time, the weekday or the date. */
  as?: 'ago' | 'short' | 'full';
}

/** A moment as short as it can be said, with its full date and zone on demand. */
export function Moment({ at, as = 'short' }: Props) {
  const place = usePlace();
  const now = useNow();
  const full = fullTime(at, place);
  const say = {
    ago: () => ago(at, place.locale, now),
    short: () => shortTime(at, place, now),
    full: () => full,
  };
  // A tooltip of its own for each would be most of what a row of a long list costs.
  return (
    <time dateTime={at} title={full}>
      {say[as]()}
    </time>
  );
}
