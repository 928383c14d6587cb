import {
  IconCircleCheck,
  IconCircleDot,
  IconClockPause,
  IconLock,
  IconPlayerPause,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { State } from '../search';
import classes from './Signs.module.css';

const SIGNS: Record<State, Icon> = {
  open: IconCircleDot,
  pending: IconClockPause,
  on_hold: IconPlayerPause,
  resolved: IconCircleCheck,
  closed: IconLock,
};

export function StateSign({ state, size = 15 }: { state: State; size?: number }) {
  const Sign = SIGNS[state];
  return <Sign size={size} className={classes.state} data-state={state} aria-hidden />;
}

/** A state by its sign and its name. */
export function StateBadge({ state }: { state: State }) {
  const { t } = useTranslation('ticketing');
  return (
    <span className={classes.sign}>
      <StateSign state={state} size={14} />
      {t(`state.${state}`)}
    </span>
  );
}
