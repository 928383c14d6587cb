/** The design tokens: one accent, warm greys, small radii. Everything else is Mantine's. */

import { createTheme, type MantineColorsTuple } from '@mantine/core';

const pine: MantineColorsTuple = [
  '#eaf6f1',
  '#d3e9e0',
  '#a6d3c2',
  '#76bca2',
  '#4da587',
  '#319373',
  '#1c7d61',
  '#1c6b58',
  '#135443',
  '#083d30',
];

const clay: MantineColorsTuple = [
  '#fdf2e9',
  '#f8e2d0',
  '#f0c4a1',
  '#e8a46e',
  '#e2894a',
  '#d97634',
  '#bd5f22',
  '#9c4d1a',
  '#7b3c13',
  '#5a2b0c',
];

const gray: MantineColorsTuple = [
  '#fbfaf8',
  '#f4f2ef',
  '#e9e6e1',
  '#dcd8d2',
  '#c5c0b8',
  '#a19b92',
  '#706a62',
  '#56514a',
  '#36322d',
  '#1f1c19',
];

const dark: MantineColorsTuple = [
  '#dcdad6',
  '#b6b3ae',
  '#9c9993',
  '#67666a',
  '#3b3e42',
  '#2d3034',
  '#222528',
  '#17191b',
  '#121415',
  '#0c0d0e',
];

const SANS =
  'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", ' +
  '"PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

/** The head of a dialog is no second banner of the page. */
const NO_BANNER = { header: { role: 'none' } };

export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 6 },
  colors: { pine, clay, gray, dark },
  fontFamily: SANS,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  autoContrast: true,
  headings: { fontFamily: SANS, fontWeight: '650' },
  components: {
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Modal: { defaultProps: { centered: true, attributes: NO_BANNER } },
    Drawer: { defaultProps: { attributes: NO_BANNER } },
  },
});
