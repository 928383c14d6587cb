import { useTranslation } from 'react-i18next';
import { usePlace } from '@/shared/ui/Moment';
import { say } from '../figures';
import type { NumberView } from '../queries';
import { useWords } from '../useReport';
import { Behind } from './Behind';
import { Change } from './Change';
import { Meaning } from './Meaning';
import classes from './Tile.module.css';

/** One number: its name, its meaning on demand, how it moved, and the way to what it counts. */
export function Tile({ number, note }: { number: NumberView; note?: string | undefined }) {
  const { t } = useTranslation('analytics');
  const { name, unit } = useWords();
  const { locale } = usePlace();
  const { metric, now, before } = number;
  const value = say(now.value, unit(metric), locale);
  return (
    <div className={classes.tile}>
      <div className={classes.head}>
        <span>{name(metric)}</span>
        <Meaning metric={metric} />
      </div>
      <div className={classes.value}>
        {now.value === null ? (
          value
        ) : (
          <Behind metric={metric} label={`${name(metric)}: ${value}. ${t('definition.items')}`}>
            {value}
          </Behind>
        )}
      </div>
      <div className={classes.foot}>
        <Change metric={metric} unit={unit(metric)} now={now} before={before} />
        {note && <span className={classes.note}>{note}</span>}
      </div>
    </div>
  );
}
