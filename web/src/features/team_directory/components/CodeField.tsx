import { TextInput, type TextInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** For a one-time code or a recovery code; the cursor is in it at once. */
export function CodeField(props: TextInputProps) {
  const { t } = useTranslation('team_directory');
  return (
    <TextInput
      label={t('entrance.code')}
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      required
      mt="sm"
      ref={(field) => field?.focus()}
      {...props}
    />
  );
}
