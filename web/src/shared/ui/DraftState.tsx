import { Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/shared/api/problem';
import { differences, type Draft, type Line } from '@/shared/lib/draft';
import { ChangedMeanwhile, Changes } from './Changes';
import { ProblemNote } from './ProblemNote';

interface Props<T> {
  edit: Draft<T>;
  lines: (draft: T) => Line[];
}

/** What saving will change, what somebody else saved meanwhile, and why it was refused. */
export function DraftState<T>({ edit, lines }: Props<T>) {
  const { t } = useTranslation();
  const { base, draft, before, error } = edit;
  const mine = differences(lines(base), lines(draft));
  return (
    <>
      {before && <ChangedMeanwhile changes={differences(lines(before), lines(base))} />}
      {error && <ProblemNote problem={problemOf(error)} />}
      {mine.length > 0 && (
        <Paper withBorder p="sm" radius="md" bg="var(--parley-ground)">
          <Text size="sm" fw={600} mb={6}>
            {t('changes.will')}
          </Text>
          <Changes changes={mine} />
        </Paper>
      )}
    </>
  );
}
