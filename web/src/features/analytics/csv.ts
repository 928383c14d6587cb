import { api, ask } from '@/shared/api/client';
import type { Breakdown } from './queries';
import type { ReportQuery } from './report';

/** Saves the same numbers that the table shows; asked for here, so that the workspace is told. */
export async function saveCsv(report: ReportQuery, wanted: Breakdown): Promise<void> {
  const query = { ...report, ...wanted };
  const text = await ask(
    api.GET('/api/v1/analytics/breakdown.csv', { params: { query }, parseAs: 'text' }),
  );
  // Spreadsheets take it for UTF-8 only with this mark.
  const file = new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `${wanted.by}-${report.first}-${report.last}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
