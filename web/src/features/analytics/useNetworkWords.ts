import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { languageOf } from '@/shared/lib/i18n';
import { networkMeasuresQuery, type NetworkMeasure } from './networkQueries';

type Thing = NetworkMeasure['of'];

/** What networks count, in the words of the API. */
export function useNetworkWords() {
  const { i18n } = useTranslation();
  const { data } = useQuery(networkMeasuresQuery(languageOf(i18n.language)));
  const find = (of: Thing, metric: string) =>
    data?.find((each) => each.of === of && each.metric === metric);
  return { find, name: (of: Thing, metric: string) => find(of, metric)?.name ?? '' };
}
