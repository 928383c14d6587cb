import { Alert, Button, Group, Text } from '@mantine/core';
import { IconDeviceFloppy, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Writing } from '../useWriting';

/** What somebody should know before going on to write: a colleague was here, or they were before. */
export function WritingNotes({ writing }: { writing: Writing }) {
  const { t } = useTranslation('scheduler');
  if (writing.conflict) {
    return (
      <Alert role="alert" color="clay" icon={<IconUsers aria-hidden />} title={t('conflict.title')}>
        <Text size="sm" mb="xs">
          {t('conflict.text')}
        </Text>
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={writing.discard}>
            {t('conflict.theirs')}
          </Button>
          <Button size="xs" variant="default" onClick={writing.insist}>
            {t('conflict.mine')}
          </Button>
        </Group>
      </Alert>
    );
  }
  if (!writing.restored) return null;
  return (
    <Alert color="pine" variant="light" icon={<IconDeviceFloppy aria-hidden />} role="status">
      <Group justify="space-between">
        <Text size="sm">{t('restored')}</Text>
        <Button size="xs" variant="default" onClick={writing.discard}>
          {t('discard')}
        </Button>
      </Group>
    </Alert>
  );
}
