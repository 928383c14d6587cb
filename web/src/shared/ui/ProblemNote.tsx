import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Problem } from '@/shared/api/problem';
import { useProblemText } from '@/shared/lib/problemText';

interface Props {
  problem: Problem;
  /** To which account it happened, where it happened to one. */
  account?: string | undefined;
  /** What to press. */
  children?: ReactNode;
}

/** What happened, to which account, what to press. */
export function ProblemNote({ problem, account, children }: Props) {
  const { title, detail } = useProblemText()(problem);
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={account ? `${account}: ${title}` : title}
    >
      {detail && <Text size="sm">{detail}</Text>}
      {problem.fields?.map((field) => (
        <Text key={field.path} size="sm">
          {field.path}: {field.message}
        </Text>
      ))}
      {children}
      {problem.request_id && (
        <Text size="xs" c="dimmed" mt={4}>
          {problem.request_id}
        </Text>
      )}
    </Alert>
  );
}
