import { Button, Drawer, SegmentedControl, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, Failed, Loading } from '@/shared/ui/States';
import { sayDays } from '@/shared/lib/days';
import { itemsQuery } from '../queries';
import { reportQuery } from '../report';
import type { Dimension, Measure, Metric } from '../search';
import { useNames } from '../useNames';
import { useReport, useWords } from '../useReport';
import { ItemRow } from './ItemRow';
import classes from './ItemsDrawer.module.css';

/** What stands behind a number; which number is part of the address. */
export function ItemsDrawer() {
  const { t } = useTranslation(['analytics', 'common']);
  const { search, go } = useReport();
  const { name } = useWords();
  const phone = useMediaQuery('(max-width: 47.99em)');
  const metric = search.behind;
  if (!metric) return null;
  const close = () => go({ behind: undefined, measure: undefined, cell: undefined });
  return (
    <Drawer.Root
      opened
      position="right"
      size={phone ? '100%' : 520}
      onClose={close}
      transitionProps={{ duration: 0 }}
    >
      <Drawer.Overlay />
      <Drawer.Content>
        <div className={classes.head}>
          <div>
            <Drawer.Title>
              <Text component="span" fw={650} size="lg">
                {name(metric) || t('behind.title')}
              </Text>
            </Drawer.Title>
            <Where />
          </div>
          <Drawer.CloseButton aria-label={t('common:close')} />
        </div>
        <Drawer.Body>
          <Behinds metric={metric} />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
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
  const { search, go } = useReport();
  const { definition } = useWords();
  const said = definition(metric);
  if (!said) return <Loading />;
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
  if (found.error && !found.data) {
    return <Failed error={found.error} retry={() => void found.refetch()} />;
  }
  if (!found.data) return <Loading />;
  const items = found.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <Empty title={t('behind.none')} />;
  return (
    <>
      <ul className={classes.list}>
        {items.map((item) => (
          <ItemRow key={`${item.id}-${item.at}`} item={item} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t('behind.more')}
        </Button>
      )}
    </>
  );
}
