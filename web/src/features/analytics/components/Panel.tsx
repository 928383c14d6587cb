import { ActionIcon, Title, Tooltip } from '@mantine/core';
import { IconChartHistogram, IconTable } from '@tabler/icons-react';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Panel.module.css';

interface Props {
  title: string;
  tools?: ReactNode;
  children: ReactNode;
  /** The same numbers for who cannot see a chart, or wants them exactly. */
  table?: ReactNode;
}

/** A part of the page with a heading; a chart in it can be read as a table. */
export function Panel({ title, tools, children, table }: Props) {
  const { t } = useTranslation('analytics');
  const id = useId();
  const [asTable, setAsTable] = useState(false);
  const Sign = asTable ? IconChartHistogram : IconTable;
  const label = t(asTable ? 'table.hide' : 'table.show');
  return (
    <section className={classes.panel} aria-labelledby={id}>
      <div className={classes.head}>
        <Title order={2} id={id} className={classes.title}>
          {title}
        </Title>
        <div className={classes.tools}>
          {tools}
          {table && (
            <Tooltip label={label}>
              <ActionIcon
                aria-label={`${title}: ${label}`}
                aria-pressed={asTable}
                onClick={() => setAsTable(!asTable)}
              >
                <Sign size={17} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
        </div>
      </div>
      {asTable ? table : children}
    </section>
  );
}
