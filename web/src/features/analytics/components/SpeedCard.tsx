import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { saySeconds, sayShare } from '../figures';
import type { NumberView } from '../queries';
import { useReport, useWords } from '../useReport';
import { Change } from './Change';
import { Meaning } from './Meaning';
import { Value } from './Value';
import classes from './SpeedCard.module.css';

/** One kind of wait: the median in large, and how the rest lies around it. */
export function SpeedCard({ number }: { number: NumberView }) {
  const { t } = useTranslation('analytics');
  const { name } = useWords();
  const { locale } = useReport();
  const { metric, now, before } = number;
  const { spread } = now;
  return (
    <div className={classes.card}>
      <div className={classes.head}>
        <h3 className={classes.name}>{name(metric)}</h3>
        <Meaning metric={metric} />
      </div>
      <div className={classes.large}>
        <Value metric={metric} figure={now} unit="seconds" />
        <Change metric={metric} unit="seconds" now={now} before={before} />
      </div>
      {spread ? (
        <>
          <dl className={classes.facts}>
            <Fact name={t('speed.mean')} seconds={spread.mean} />
            <Fact name={t('speed.p90')} seconds={spread.p90} />
            <Fact name={t('speed.fastest')} seconds={spread.fastest} />
            <Fact name={t('speed.slowest')} seconds={spread.slowest} />
          </dl>
          <div className={classes.within}>
            <span className={classes.quiet}>
              {t(metric === 'resolution_time' ? 'speed.withinResolution' : 'speed.within')}
            </span>
            {spread.within.map(({ seconds, share }) => (
              <div key={seconds} className={classes.threshold}>
                <span>{saySeconds(seconds, locale)}</span>
                <Progress value={share * 100} size={6} aria-hidden />
                <span>{sayShare(share, locale)}</span>
              </div>
            ))}
          </div>
        </>
      ) : (
        <p className={classes.quiet}>{t('speed.none')}</p>
      )}
    </div>
  );
}

function Fact({ name, seconds }: { name: string; seconds: number }) {
  const { locale } = useReport();
  return (
    <div>
      <dt>{name}</dt>
      <dd>{saySeconds(seconds, locale)}</dd>
    </div>
  );
}
