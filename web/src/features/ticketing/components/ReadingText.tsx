import {
  IconAlertTriangle,
  IconCheck,
  IconClockHour4,
  IconPlayerPause,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/lib/i18n';
import { duration, fullTime } from '@/shared/lib/time';
import { usePlace } from '@/shared/ui/Moment';
import type { Reading } from '../sla';
import classes from './Signs.module.css';

const SIGNS: Partial<Record<Reading['says'], Icon>> = {
  due: IconClockHour4,
  overdue: IconAlertTriangle,
  paused: IconPlayerPause,
  met: IconCheck,
  missed: IconAlertTriangle,
};
const SOON_MILLISECONDS = 3_600_000;

interface Props {
  reading: Reading;
  /** The moment that it is about, told on demand. */
  at?: string | null;
  /** In a list: a paused clock says no more than that. */
  short?: boolean;
}

/** What a clock says: how long still, how long over, that it stands still, or what came of it. */
export function ReadingText({ reading, at, short = false }: Props) {
  const { t } = useTranslation('ticketing');
  const place = usePlace();
  const { says } = reading;
  const Sign = SIGNS[says];
  const milliseconds = 'milliseconds' in reading ? reading.milliseconds : 0;
  const time = duration(milliseconds, currentLanguage());
  const said = short && says === 'paused' ? t('clock.pausedShort') : t(`clock.${says}`, { time });
  return (
    <span
      className={classes.reading}
      data-says={says}
      data-soon={milliseconds < SOON_MILLISECONDS}
      title={at ? fullTime(at, place) : undefined}
    >
      {Sign && <Sign size={13} aria-hidden />}
      {said}
    </span>
  );
}
