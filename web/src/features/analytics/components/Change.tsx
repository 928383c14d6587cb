import { Tooltip } from '@mantine/core';
import { IconArrowDownRight, IconArrowUpRight, IconEqual } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { usePlace } from '@/shared/ui/Moment';
import { changeOf, say, sayChange, type Figure, type Unit } from '../figures';
import type { Metric } from '../search';
import classes from './Change.module.css';

interface Props {
  metric: Metric;
  unit: Unit;
  now: Figure;
  before: Figure | null | undefined;
  /** Without words where there is no room for them; they are still read out. */
  short?: boolean;
}

const SIGNS = { up: IconArrowUpRight, down: IconArrowDownRight, same: IconEqual };

/** How a number moved, and whether that is good: by an arrow, by a word and by colour. */
export function Change({ metric, unit, now, before, short = false }: Props) {
  const { t } = useTranslation('analytics');
  const { locale } = usePlace();
  const change = changeOf(metric, unit, now.value, before?.value);
  if (!change) return null;
  const { direction, verdict, points } = change;
  const Sign = SIGNS[direction];
  const amount = sayChange(change, locale);
  const said =
    amount === undefined ? t('change.new') : points ? t('points', { value: amount }) : amount;
  const word = verdict === 'neutral' ? undefined : t(`change.${verdict}`);
  const quiet = direction === 'same';
  return (
    <Tooltip label={t('change.before', { value: say(before?.value, unit, locale) })}>
      <span className={classes.change} data-verdict={verdict}>
        <Sign size={14} stroke={2.2} aria-hidden />
        <span className={classes.hidden}>{quiet ? '' : t(`change.${direction}`)} </span>
        {quiet ? t('change.same') : said}
        {word && <span className={short ? classes.hidden : undefined}> {word}</span>}
      </span>
    </Tooltip>
  );
}
