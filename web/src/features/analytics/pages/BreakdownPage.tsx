import { Button, SegmentedControl, Select, Tooltip } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/shared/api/problem';
import { useSession } from '@/shared/api/session';
import { Answer, Empty } from '@/shared/ui/States';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { BreakdownTable } from '../components/BreakdownTable';
import { Panel } from '../components/Panel';
import { saveCsv } from '../csv';
import { breakdownQuery, type Breakdown } from '../queries';
import { DIMENSIONS, TABLES } from '../search';
import { COLUMNS } from '../tables';
import { useReport } from '../useReport';

export function BreakdownPage() {
  const { t } = useTranslation('analytics');
  const { query, search, compare } = useReport();
  const by = search.by ?? 'profile';
  const metric = [...COLUMNS[search.table ?? 'volume']];
  const wanted = { by, metric, compare };
  const found = useQuery(breakdownQuery(query, wanted));
  return (
    <Panel title={t(`by.${by}`)} tools={<Tools wanted={wanted} />}>
      <Answer to={found}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty order={3} title={t('nothing.title')}>
              {t('nothing.text')}
            </Empty>
          ) : (
            <BreakdownTable by={by} metrics={metric} rows={rows} />
          )
        }
      </Answer>
    </Panel>
  );
}

function Tools({ wanted }: { wanted: Breakdown }) {
  const { t } = useTranslation('analytics');
  const { query, search, go } = useReport();
  const { has } = useSession();
  const saving = useMutation({ mutationFn: () => saveCsv(query, wanted) });
  return (
    <>
      <Select
        size="xs"
        w={130}
        aria-label={t('by.label')}
        allowDeselect={false}
        value={wanted.by}
        data={DIMENSIONS.map((value) => ({ value, label: t(`by.${value}`) }))}
        onChange={(value) => go({ by: DIMENSIONS.find((each) => each === value), sort: undefined })}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('table.label')}
        value={search.table ?? 'volume'}
        data={TABLES.map((value) => ({ value, label: t(`table.${value}`) }))}
        onChange={(value) => go({ table: value === 'volume' ? undefined : value, sort: undefined })}
      />
      {has('export') && (
        <Tooltip label={t('table.csvHint')}>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDownload size={15} aria-hidden />}
            loading={saving.isPending}
            onClick={() => saving.mutate()}
          >
            {t('table.csv')}
          </Button>
        </Tooltip>
      )}
      {saving.error && <ProblemNote problem={problemOf(saving.error)} />}
    </>
  );
}
