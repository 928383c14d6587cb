import i18next from 'i18next';

/** Words of this feature under a key that comes from data, or `fallback` where it has none. */
export function sayOr(key: string, fallback: string): string {
  return i18next.t(key, { ns: 'team_directory', defaultValue: fallback });
}
