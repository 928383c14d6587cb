import { Alert, Button, Code, CopyButton, Group, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Something to copy, with a button that does. */
export function Copyable({ value, label }: { value: string; label?: string }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" wrap="nowrap" align="center">
      <Code style={{ flex: 1, overflowWrap: 'anywhere', whiteSpace: 'normal' }}>{value}</Code>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button
            size="xs"
            variant="default"
            leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            aria-label={label}
            style={{ flex: 'none' }}
            onClick={copy}
          >
            {copied ? t('copied') : t('copy')}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}

interface Props {
  title: string;
  text: string;
  value: string;
}

/** A secret, or a link that holds one, which nobody can look up again. */
export function ShownOnce({ title, text, value }: Props) {
  return (
    <Alert color="clay" title={title}>
      <Text size="sm" mb="xs">
        {text}
      </Text>
      <Copyable value={value} />
    </Alert>
  );
}
