import { Alert, Button, Code, CopyButton, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The secret of a key, shown once. */
export function ApiKeySecret({ secret }: { secret: string }) {
  const { t } = useTranslation(['team_directory', 'common']);
  return (
    <Alert color="clay" title={t('keys.secret')}>
      <Text size="sm">{t('keys.secretText')}</Text>
      <Code block my="xs">
        {secret}
      </Code>
      <CopyButton value={secret}>
        {({ copied, copy }) => (
          <Button size="xs" variant="default" onClick={copy}>
            {copied ? t('common:copied') : t('common:copy')}
          </Button>
        )}
      </CopyButton>
    </Alert>
  );
}
