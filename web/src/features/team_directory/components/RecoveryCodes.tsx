import { Alert, Button, Code, CopyButton, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface Props {
  codes: string[];
  done: () => void;
}

/** Shown once, when they are made. */
export function RecoveryCodes({ codes, done }: Props) {
  const { t } = useTranslation(['team_directory', 'common']);
  return (
    <Alert color="clay" title={t('security.codes')}>
      <Text size="sm">{t('security.codesText')}</Text>
      <Code block my="sm">
        {codes.join('\n')}
      </Code>
      <Group>
        <CopyButton value={codes.join('\n')}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? t('common:copied') : t('common:copy')}
            </Button>
          )}
        </CopyButton>
        <Button onClick={done}>{t('security.codesKept')}</Button>
      </Group>
    </Alert>
  );
}
