import { Button, Code, VisuallyHidden } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '@/shared/api/problem';
import { Empty, Failed } from '@/shared/ui/States';

/** A page that could not be drawn: a problem of the API with its words, else a fault of ours. */
export function Crash({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  if (error instanceof ProblemError) {
    return (
      <>
        <VisuallyHidden component="h1">{t('product')}</VisuallyHidden>
        <Failed error={error} retry={reset} />
      </>
    );
  }
  const again = <Button onClick={() => window.location.reload()}>{t('reload')}</Button>;
  return (
    <Empty icon={IconPlugConnectedX} title={t('crash.title')} action={again} order={1}>
      {t('crash.text')}
      <Code block mt="sm">
        {error instanceof Error ? error.message : String(error)}
      </Code>
    </Empty>
  );
}
