import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { draw } from '../../../../test/draw';
import { answerWith } from '../../../../test/network';
import type { MeasuredProfile } from '../queries';
import { ReportProvider, type Report } from '../useReport';
import { FollowersChart, GainedChart } from './NetworkCharts';

const report = {
  period: { first: '2026-11-01', last: '2026-11-02' },
  search: {},
  locale: 'en',
} as unknown as Report;
const profile = { id: 'p', handle: 'ada', measures: [] } as unknown as MeasuredProfile;

test.each([
  ['followers', <FollowersChart key="f" profiles={[profile]} />, 'networks.tooFew'],
  ['what posts gained', <GainedChart key="g" />, 'networks.nothingGained'],
])('%s that could not be had are not told as none', async (_what, chart, none) => {
  answerWith(() => undefined);
  draw(<ReportProvider value={report}>{chart}</ReportProvider>);
  expect(await screen.findByRole('alert')).toBeVisible();
  expect(screen.queryByText(none)).toBeNull();
});
