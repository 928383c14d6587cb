import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { NumberView } from '../queries';
import { useWords } from '../useReport';
import { Change } from './Change';
import { Meaning } from './Meaning';
import { Panel } from './Panel';
import { Value } from './Value';
import classes from './Promises.module.css';

/** How often what was promised to customers was kept, for each thing that can be promised. */
export function Promises({ numbers }: { numbers: readonly NumberView[] }) {
  const { t } = useTranslation('analytics');
  const any = numbers.some(({ now, before }) => (now.of ?? 0) + (before?.of ?? 0) > 0);
  return (
    <Panel title={t('promises.title')}>
      {any ? (
        <div className={classes.list}>
          {numbers.map((number) => (
            <Promise key={number.metric} number={number} />
          ))}
        </div>
      ) : (
        <p className={classes.none}>{t('promises.none')}</p>
      )}
    </Panel>
  );
}

function Promise({ number }: { number: NumberView }) {
  const { t } = useTranslation('analytics');
  const { name } = useWords();
  const { metric, now, before } = number;
  return (
    <div className={classes.promise}>
      <div className={classes.head}>
        <span className={classes.name}>{name(metric)}</span>
        <Meaning metric={metric} />
        <strong className={classes.value}>
          <Value metric={metric} figure={now} unit="share" />
        </strong>
      </div>
      <Progress value={(now.value ?? 0) * 100} size={8} aria-hidden />
      <div className={classes.foot}>
        {now.of ? (
          <span>{t('promises.kept', { count: now.count, of: now.of })}</span>
        ) : (
          <span>{t('promises.none')}</span>
        )}
        <Change metric={metric} unit="share" now={now} before={before} />
      </div>
    </div>
  );
}
