import { SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed, Loading } from '@/shared/ui/States';
import { say } from '../figures';
import { cellsOf, heatOf, HOURS, stepped, WEEKDAYS, type Cell } from '../heat';
import { breakdownQuery } from '../queries';
import { HEATS } from '../search';
import { sayHour, sayWeekday } from '../useNames';
import { useReport, useWords } from '../useReport';
import { Behind } from './Behind';
import classes from './HeatMap.module.css';
import { Panel } from './Panel';

const PHONE = '(max-width: 47.99em)';
/** From here on white is read better on light's colours, and black on dark's. */
const CONTRAST_TURNS = 0.73;

/** When people write and when they are answered: a table whose cells are as dark as busy. */
export function HeatMap() {
  const { t } = useTranslation('analytics');
  const { query, search, go } = useReport();
  const { name } = useWords();
  const metric = search.heat ?? 'received';
  const wanted = { by: 'hour_of_week', metric: [metric], compare: false } as const;
  const found = useQuery(breakdownQuery(query, { ...wanted, metric: [metric] }));
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
      {found.error && !found.data ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : found.data ? (
        <Grid at={cellsOf(found.data.rows)} />
      ) : (
        <Loading />
      )}
    </Panel>
  );
}

function Grid({ at }: { at: ReturnType<typeof cellsOf> }) {
  const { t } = useTranslation('analytics');
  const { locale } = useReport();
  const turned = useMediaQuery(PHONE, window.matchMedia(PHONE).matches);
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
  const cell = (weekday: number, hour: number) => (
    <HeatCell
      key={`${weekday}-${hour}`}
      cell={at(weekday, hour)}
      highest={highest}
      reached={here.weekday === weekday && here.hour === hour}
    />
  );
  const columns = turned ? WEEKDAYS : HOURS;
  const rows = turned ? HOURS : WEEKDAYS;
  const sayRow = (row: number) =>
    turned ? sayHour(row, locale) : sayWeekday(row, locale, 'short');
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
                {turned ? sayWeekday(column, locale, 'short') : column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              <th scope="row">{sayRow(row)}</th>
              {columns.map((column) => (turned ? cell(column, row) : cell(row, column)))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function HeatCell({ cell, highest, reached }: { cell: Cell; highest: number; reached: boolean }) {
  const { search, locale } = useReport();
  const { unit, name } = useWords();
  const metric = search.heat ?? 'received';
  const { weekday, hour, value, count } = cell;
  const said = say(value, unit(metric), locale);
  const where = `${sayWeekday(weekday, locale, 'long')} ${sayHour(hour, locale)}`;
  const heat = heatOf(value, highest);
  return (
    <td
      data-hour={`${weekday}-${hour}`}
      data-dark={heat > CONTRAST_TURNS || undefined}
      style={{ '--heat': `${Math.round(heat * 100)}%` }}
      title={`${where}: ${said}`}
    >
      <Behind
        metric={metric}
        cell={[`weekday:${weekday}`, `hour:${hour}`]}
        className={classes.cell}
        tabIndex={reached ? 0 : -1}
        label={`${where}, ${name(metric)}: ${said}`}
      >
        {count > 0 && unit(metric) === 'count' ? said : ''}
      </Behind>
    </td>
  );
}
