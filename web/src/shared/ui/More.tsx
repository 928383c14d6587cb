import { Button, Stack, type ButtonProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/shared/api/problem';
import { ProblemNote } from './ProblemNote';

interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  error: unknown;
  fetchNextPage: () => unknown;
}

interface Props extends Pick<ButtonProps, 'size' | 'variant'> {
  of: Pages;
  /** Where these words say it better, such as `Show older`. */
  label?: string;
}

/** The next page of a list, as long as there is one; that it cannot be had is said here. */
export function More({ of: pages, label, size = 'sm', variant = 'default' }: Props) {
  const { t } = useTranslation();
  if (!pages.hasNextPage) return null;
  return (
    <Stack gap="xs" mt="md" align="flex-start">
      {pages.isFetchNextPageError && <ProblemNote problem={problemOf(pages.error)} />}
      <Button
        size={size}
        variant={variant}
        loading={pages.isFetchingNextPage}
        onClick={() => void pages.fetchNextPage()}
      >
        {label ?? t('more')}
      </Button>
    </Stack>
  );
}
