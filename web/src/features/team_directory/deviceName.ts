const BROWSERS: readonly [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS/, 'macOS'],
  [/Linux/, 'Linux'],
];

/** `Firefox · Linux` for what a browser calls itself; anything else as it is. */
export function deviceName(agent: string): string {
  const find = (names: readonly [RegExp, string][]) =>
    names.find(([sign]) => sign.test(agent))?.[1];
  const found = [find(BROWSERS), find(SYSTEMS)].filter(Boolean);
  return found.length > 0 ? found.join(' · ') : agent;
}
