/** How all charts look: of Mantine's colours, so that they follow light and dark. */

export const COLOURS = {
  received: 'pine.5',
  replies: 'clay.6',
  handled: 'indigo.6',
  before: 'gray.6',
} as const;

export const axis = {
  gridAxis: 'x',
  tickLine: 'none',
  strokeDasharray: '3 4',
  yAxisProps: { width: 44, allowDecimals: false },
  xAxisProps: { minTickGap: 24 },
} as const;
