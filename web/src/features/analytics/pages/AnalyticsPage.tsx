import '@mantine/charts/styles.layer.css';
import '@mantine/dates/styles.layer.css';
import { Tabs } from '@mantine/core';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { NoPermission } from '@/shared/ui/States';
import { ItemsDrawer } from '../components/ItemsDrawer';
import { Toolbar } from '../components/Toolbar';
import { clean, PARTS, ReportProvider, useAddress, type Part } from '../useReport';
import classes from './AnalyticsPage.module.css';

const NAMES = {
  '/analytics': 'overview',
  '/analytics/breakdown': 'breakdown',
  '/analytics/networks': 'networks',
} as const;

export function AnalyticsPage() {
  const { t } = useTranslation('analytics');
  const { may } = useSession();
  if (!may('analytics', 'view')) return <NoPermission>{t('noPermission')}</NoPermission>;
  return <Numbers />;
}

function Numbers() {
  const { t } = useTranslation('analytics');
  const report = useAddress();
  const navigate = useNavigate();
  const { part, search } = report;
  const open = (to: string | null) =>
    void navigate({
      to: to as Part,
      search: clean({
        ...search,
        behind: undefined,
        measure: undefined,
        cell: undefined,
        sort: undefined,
      }),
    });
  return (
    <ReportProvider value={report}>
      <div className={classes.page}>
        <Toolbar report={report} />
        <Tabs value={part} onChange={open} keepMounted={false}>
          <Tabs.List aria-label={t('tabs.label')} px={12} className={classes.list ?? ''}>
            {PARTS.map((each) => (
              <Tabs.Tab key={each} value={each}>
                {t(`tabs.${NAMES[each]}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value={part} className={classes.panel ?? ''}>
            <Outlet />
          </Tabs.Panel>
        </Tabs>
      </div>
      <ItemsDrawer />
    </ReportProvider>
  );
}
