import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/lib/i18n';
import { duration } from '@/shared/lib/time';
import { useNow } from '@/shared/lib/useNow';
import { readingOf, type Clock } from '../sla';
import classes from './Details.module.css';
import { ReadingText } from './ReadingText';

/** What was promised for this ticket and how it stands. */
export function Clocks({ clocks }: { clocks: readonly Clock[] }) {
  const { t } = useTranslation('ticketing');
  const promised = clocks.filter((clock) => clock.goal_seconds !== null);
  if (promised.length === 0) {
    return (
      <Text size="xs" c="dimmed">
        {t('clock.nothing')}
      </Text>
    );
  }
  return (
    <ul className={classes.clocks}>
      {promised.map((clock) => (
        <OneClock key={clock.target} clock={clock} />
      ))}
    </ul>
  );
}

function OneClock({ clock }: { clock: Clock }) {
  const { t } = useTranslation('ticketing');
  const now = useNow();
  const { goal_seconds: goal, measure, target, outcome, due_at } = clock;
  const within = duration((goal ?? 0) * 1_000, currentLanguage());
  return (
    <li className={classes.clock}>
      <span className={classes.target}>{t(`clock.target.${target}`)}</span>
      <ReadingText
        reading={readingOf(clock, now)}
        at={outcome === 'running' ? due_at : clock.stopped_at}
      />
      <span className={classes.goal}>{t(`clock.within.${measure ?? 'wall'}`, { within })}</span>
    </li>
  );
}
