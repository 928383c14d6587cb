import { Button, SegmentedControl, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { sayDays } from '@/shared/lib/days';
import { More } from '@/shared/ui/More';
import { Sheet } from '@/shared/ui/Sheet';
import { Answer, Empty } from '@/shared/ui/States';
import { itemsQuery, type Definition } from '../queries';
import { reportQuery } from '../report';
import type { Dimension, Measure, Metric } from '../search';
import { useNames } from '../useNames';
import { useDefinitions, useReport, useWords } from '../useReport';
import { ItemRow } from './ItemRow';
import classes from './ItemsDrawer.module.css';

/** What stands behind a number; which number is part of the address. */
export function ItemsDrawer() {
  const { t } = useTranslation('analytics');
  const { search, go } = useReport();
  const { name } = useWords();
  const metric = search.behind;
  if (!metric) return null;
  const close = () => go({ behind: undefined, measure: undefined, cell: undefined });
  return (
    <Sheet title={name(metric) || t('behind.title')} about={<Where />} close={close}>
      <Behinds metric={metric} />
    </Sheet>
  );
}

/** To which days and to which cell of a report the items belong. */
function Where() {
  const { search, today, locale } = useReport();
  const nameOf = useNames();
  const { first, last } = reportQuery(search, today, { cells: true });
  const cells = (search.cell ?? []).flatMap((cell) => {
    const [by = '', key = ''] = cell.split(':', 2);
    return by.startsWith('day') ? [] : [nameOf(by as Dimension, key || null)];
  });
  return (
    <Text size="xs" c="dimmed">
      {[sayDays(first, last, locale), ...cells].join(' · ')}
    </Text>
  );
}

function Behinds({ metric }: { metric: Metric }) {
  const { t } = useTranslation('analytics');
  const found = useDefinitions();
  return (
    <Answer to={found}>
      {({ metrics }) => {
        const said = metrics.find((each) => each.metric === metric);
        return said ? <Chosen said={said} /> : <Empty title={t('behind.none')} />;
      }}
    </Answer>
  );
}

function Chosen({ said }: { said: Definition }) {
  const { t } = useTranslation('analytics');
  const { search, go } = useReport();
  if (said.shape === 'balance') {
    return (
      <Stack align="flex-start">
        <Text size="sm">{t('behind.balance')}</Text>
        <Button component={Link} to="/inbox" size="xs" variant="light">
          {t('behind.inbox')}
        </Button>
      </Stack>
    );
  }
  const measure = said.measures.find((each) => each === search.measure) ?? said.measures[0];
  return (
    <Stack gap="sm">
      {measure && said.measures.length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label={t('behind.measure')}
          value={measure}
          data={said.measures.map((value) => ({ value, label: t(`measure.${value}`) }))}
          onChange={(value) => go({ measure: value })}
        />
      )}
      {measure && <Items measure={measure} />}
    </Stack>
  );
}

function Items({ measure }: { measure: Measure }) {
  const { t } = useTranslation('analytics');
  const { search, today } = useReport();
  const query = reportQuery(search, today, { cells: true });
  const found = useInfiniteQuery(itemsQuery(query, measure));
  return (
    <>
      <Answer to={found}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty title={t('behind.none')} />;
          return (
            <ul className={classes.list}>
              {items.map((item) => (
                <ItemRow key={`${item.id}-${item.at}`} item={item} />
              ))}
            </ul>
          );
        }}
      </Answer>
      <More of={found} size="xs" />
    </>
  );
}
