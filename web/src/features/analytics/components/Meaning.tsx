import { ActionIcon, Popover, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Metric } from '../search';
import { useWords } from '../useReport';

/** What a number means, how it is made and what does not count: one press away from each. */
export function Meaning({ metric }: { metric: Metric }) {
  const { t } = useTranslation('analytics');
  const { definition, common } = useWords();
  const said = definition(metric);
  if (!said) return null;
  const rows: [string, string | undefined][] = [
    [t('definition.formula'), said.formula],
    [t('definition.excluded'), said.excluded],
    [t('definition.hours'), common?.hours],
    [t('definition.exact'), said.unit === 'seconds' ? common?.spread : undefined],
    [t('definition.source'), said.source.join(', ')],
  ];
  return (
    <Popover width={340} shadow="md" position="bottom-start" trapFocus keepMounted={false}>
      <Popover.Target>
        <ActionIcon size="sm" aria-label={t('definition.of', { name: said.name })}>
          <IconInfoCircle size={15} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('definition.of', { name: said.name })} tabIndex={-1}>
        <Stack gap={8} mah={360} style={{ overflowY: 'auto' }}>
          <Text fw={650}>{said.name}</Text>
          <Text size="sm">{said.meaning}</Text>
          {rows.map(
            ([label, text]) =>
              text && (
                <div key={label}>
                  <Text size="xs" c="dimmed" fw={600}>
                    {label}
                  </Text>
                  <Text size="xs">{text}</Text>
                </div>
              ),
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
