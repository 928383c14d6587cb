import type { NumberView } from '../queries';
import { useWords } from '../useReport';
import { Change } from './Change';
import { Meaning } from './Meaning';
import { Value } from './Value';
import classes from './Tile.module.css';

/** One number: its name, its meaning on demand, how it moved, and the way to what it counts. */
export function Tile({ number }: { number: NumberView }) {
  const { name, unit } = useWords();
  const { metric, now, before } = number;
  return (
    <div className={classes.tile}>
      <div className={classes.head}>
        <span>{name(metric)}</span>
        <Meaning metric={metric} />
      </div>
      <div className={classes.value}>
        <Value metric={metric} figure={now} unit={unit(metric)} />
      </div>
      <div className={classes.foot}>
        <Change metric={metric} unit={unit(metric)} now={now} before={before} />
      </div>
    </div>
  );
}
