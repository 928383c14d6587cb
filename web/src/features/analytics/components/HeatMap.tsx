import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { sayWeekday } from '@/shared/lib/time';
import { usePhone } from '@/shared/lib/usePhone';
import { Answer } from '@/shared/ui/States';
import { say } from '../figures';
import { cellsOf, heatOf, HOURS, stepped, WEEKDAYS } from '../heat';
import { breakdownQuery } from '../queries';
import { HEATS, type Metric } from '../search';
import { sayHour } from '../useNames';
import { useReport, useWords } from '../useReport';
import { Behind } from './Behind';
import classes from './HeatMap.module.css';
import { Panel } from './Panel';

/** From here on white is read better on light's colours, and black on dark's. */
const CONTRAST_TURNS = 0.73;

/** When people write and when they are answered: a table whose cells are as dark as busy. */
export function HeatMap() {
  const { t } = useTranslation('analytics');
  const { query, search, go } = useReport();
  const { name } = useWords();
  const metric = search.heat ?? 'received';
  const found = useQuery(
    breakdownQuery(query, { by: 'hour_of_week', metric: [metric], compare: false }),
  );
  const tools = (
    <SegmentedControl
      size="xs"
      aria-label={t('heat.metric')}
      value={metric}
      data={HEATS.map((value) => ({ value, label: name(value) }))}
      onChange={(value) => go({ heat: value === HEATS[0] ? undefined : value })}
    />
  );
  return (
    <Panel title={t('heat.title')} tools={tools}>
      <Answer to={found}>{({ rows }) => <Grid metric={metric} at={cellsOf(rows)} />}</Answer>
    </Panel>
  );
}

interface GridProps {
  metric: Metric;
  at: ReturnType<typeof cellsOf>;
}

function Grid({ metric, at }: GridProps) {
  const { t } = useTranslation('analytics');
  const { locale } = useReport();
  const { name, unit } = useWords();
  const turned = usePhone();
  const counts = unit(metric) === 'count';
  const [here, setHere] = useState({ weekday: 1, hour: 9 });
  const all = WEEKDAYS.flatMap((weekday) => HOURS.map((hour) => at(weekday, hour)));
  const highest = Math.max(...all.map(({ value }) => value ?? 0));
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const next = stepped(here, event.key, turned);
    if (!next) return;
    event.preventDefault();
    setHere(next);
    const wanted = `[data-hour="${next.weekday}-${next.hour}"] > *`;
    event.currentTarget.querySelector<HTMLElement>(wanted)?.focus();
  };
  // Said once for each day and hour: there are 168 cells.
  const days = WEEKDAYS.map((weekday) => sayWeekday(weekday, locale, 'long'));
  const hours = HOURS.map((hour) => sayHour(hour, locale));
  const cell = (weekday: number, hour: number) => {
    const { value, count } = at(weekday, hour);
    const said = say(value, unit(metric), locale);
    const where = `${days[weekday - 1]} ${hours[hour]}`;
    return (
      <HeatCell
        key={`${weekday}-${hour}`}
        metric={metric}
        weekday={weekday}
        hour={hour}
        heat={heatOf(value, highest)}
        title={`${where}: ${said}`}
        label={`${where}, ${name(metric)}: ${said}`}
        reached={here.weekday === weekday && here.hour === hour}
      >
        {counts && count > 0 && said}
      </HeatCell>
    );
  };
  const columns = turned ? WEEKDAYS : HOURS;
  const rows = turned ? HOURS : WEEKDAYS;
  const sayShort = (weekday: number) => sayWeekday(weekday, locale, 'short');
  return (
    // The arrow keys of the cells; each of them is a link of its own.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div onKeyDown={move} className={classes.frame}>
      <table className={classes.grid} data-turned={turned || undefined}>
        <caption className={classes.help}>{t('heat.help')}</caption>
        <thead>
          <tr>
            <td />
            {columns.map((column) => (
              <th key={column} scope="col">
                {turned ? sayShort(column) : column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              <th scope="row">{turned ? hours[row] : sayShort(row)}</th>
              {columns.map((column) => (turned ? cell(column, row) : cell(row, column)))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps {
  metric: Metric;
  weekday: number;
  hour: number;
  heat: number;
  title: string;
  label: string;
  /** Whether the tabulator key leads here; from there on it is the arrow keys. */
  reached: boolean;
  children: ReactNode;
}

function HeatCell({ metric, weekday, hour, heat, title, label, reached, children }: CellProps) {
  return (
    <td
      data-hour={`${weekday}-${hour}`}
      data-dark={heat > CONTRAST_TURNS || undefined}
      style={{ '--heat': `${Math.round(heat * 100)}%` }}
      title={title}
    >
      <Behind
        metric={metric}
        cell={[`weekday:${weekday}`, `hour:${hour}`]}
        className={classes.cell}
        tabIndex={reached ? 0 : -1}
        label={label}
      >
        {children}
      </Behind>
    </td>
  );
}
