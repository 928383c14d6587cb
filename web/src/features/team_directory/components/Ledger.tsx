import { Tooltip } from '@mantine/core';
import { IconCheck, IconHourglass, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { regionalLocale } from '@/shared/lib/i18n';
import { isSettled, type Health } from '../profiles';
import classes from './Ledger.module.css';

/** Received = stored = handled: that nothing was lost, in three numbers. */
export function Ledger({ health }: { health: Health }) {
  const { t } = useTranslation('team_directory');
  const settled = isSettled(health);
  const troubled = !health.balanced || health.failed > 0;
  const Sign = settled ? IconCheck : troubled ? IconX : IconHourglass;
  const number = (value: number) => value.toLocaleString(regionalLocale());
  const parts = [
    ['received', health.received - health.repeated],
    ['stored', health.stored],
    ['handled', health.handled + health.discarded],
  ] as const;
  const explained = settled
    ? t('profiles.settled')
    : t('profiles.unsettled', { waiting: health.waiting, failed: health.failed });
  return (
    <Tooltip label={explained}>
      <span className={classes.ledger} data-settled={settled} data-troubled={troubled}>
        {parts.map(([name, value], place) => (
          <span key={name}>
            {place > 0 && (
              <span className={classes.equals} aria-hidden>
                {parts[place - 1]?.[1] === value ? '=' : '≠'}
              </span>
            )}
            <b>{number(value)}</b> {t(`profiles.${name}`)}
          </span>
        ))}
        <Sign size={15} stroke={2.4} role="img" aria-label={explained} className={classes.sign} />
      </span>
    </Tooltip>
  );
}
