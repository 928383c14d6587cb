import { useTranslation } from 'react-i18next';
import { say, type Figure, type Unit } from '../figures';
import type { Metric } from '../search';
import { useReport, useWords } from '../useReport';
import { Behind } from './Behind';

interface Props {
  metric: Metric;
  figure: Figure | undefined;
  unit: Unit;
  /** Where it stands in a table, whose heads say what it is. */
  cell?: string;
}

/** A number that leads to what it counts; a dash, which leads nowhere, where there is none. */
export function Value({ metric, figure, unit, cell }: Props) {
  const { t } = useTranslation('analytics');
  const { name } = useWords();
  const { locale } = useReport();
  const value = say(figure?.value, unit, locale);
  if (typeof figure?.value !== 'number') return value;
  if (cell) {
    return (
      <Behind metric={metric} cell={[cell]}>
        {value}
      </Behind>
    );
  }
  return (
    <Behind metric={metric} label={`${name(metric)}: ${value}. ${t('definition.items')}`}>
      {value}
    </Behind>
  );
}
