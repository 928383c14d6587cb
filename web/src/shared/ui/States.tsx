import { Button, Center, Loader, Stack, Text, Title } from '@mantine/core';
import { IconLock, IconMoodEmpty, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/shared/api/problem';
import { ProblemNote } from './ProblemNote';

/** What takes the place of a list or a page while it is on its way. */
export function Loading({ label }: { label?: string }) {
  const { t } = useTranslation();
  return (
    <Center h="100%" mih={160} role="status" aria-label={label ?? t('loading')}>
      <Loader size="sm" type="dots" />
    </Center>
  );
}

interface EmptyProps {
  icon?: Icon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** The level of the heading: 1 where this is all of a page. */
  order?: 1 | 2 | 3;
}

/** Nothing is here, and what to do about it. */
export function Empty({
  icon: Sign = IconMoodEmpty,
  title,
  children,
  action,
  order = 2,
}: EmptyProps) {
  return (
    <Center h="100%" mih={200} p="lg">
      <Stack align="center" gap="xs" maw={380} ta="center">
        <Sign size={36} stroke={1.4} color="var(--parley-quiet)" aria-hidden />
        <Title order={order} size="h4">
          {title}
        </Title>
        {children && (
          <Text c="dimmed" size="sm">
            {children}
          </Text>
        )}
        {action}
      </Stack>
    </Center>
  );
}

/** The role does not allow this; says who can change that. */
export function NoPermission({ children }: { children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Empty icon={IconLock} title={t('noPermission.title')}>
      {children ?? t('noPermission.text')}
    </Empty>
  );
}

interface FailedProps {
  error: unknown;
  retry?: () => void;
}

/** A page or a list that could not be had. */
export function Failed({ error, retry }: FailedProps) {
  const { t } = useTranslation();
  const problem = problemOf(error);
  if (problem.code === 'permission_missing') return <NoPermission />;
  return (
    <Center h="100%" mih={200} p="lg">
      <Stack maw={460} w="100%">
        <ProblemNote problem={problem} />
        {retry && (
          <Button variant="default" onClick={retry} style={{ alignSelf: 'center' }}>
            {t('tryAgain')}
          </Button>
        )}
      </Stack>
    </Center>
  );
}

/** How something that was asked for stands; a query fits, and one of pages, too. */
interface Asked<Data> {
  data: Data | undefined;
  error: unknown;
  refetch: () => unknown;
}

interface AnswerProps<Data> {
  to: Asked<Data>;
  children: (data: Data) => ReactNode;
}

/**
 * What was asked for. What is known stays, though asking for it anew or for more of it has failed:
 * somebody may be reading it, or changing it.
 */
export function Answer<Data>({ to: { data, error, refetch }, children }: AnswerProps<Data>) {
  if (data !== undefined) return children(data);
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  return <Loading />;
}
