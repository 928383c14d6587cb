import { Group, Text } from '@mantine/core';
import { IconCheck, IconMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** One thing that a role allows or not. */
export function Allowed({ given, words }: { given: boolean; words: string }) {
  const { t } = useTranslation('team_directory');
  const Sign = given ? IconCheck : IconMinus;
  return (
    <Group gap="xs" wrap="nowrap" c={given ? undefined : 'dimmed'}>
      <Sign
        size={16}
        stroke={given ? 2.6 : 2}
        color={given ? 'var(--mantine-color-pine-6)' : undefined}
        role="img"
        aria-label={t(given ? 'roles.allowed' : 'roles.refused')}
      />
      <Text size="sm">{words}</Text>
    </Group>
  );
}
