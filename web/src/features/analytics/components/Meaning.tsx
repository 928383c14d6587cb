import { ActionIcon, Popover, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Metric } from '../search';
import { useNetworkWords } from '../useNetworkWords';
import { useWords } from '../useReport';

/** What a number means, how it is made and what does not count: one press away from each. */
export function Meaning({ metric }: { metric: Metric }) {
  const { t } = useTranslation('analytics');
  const { definition, common } = useWords();
  const said = definition(metric);
  if (!said) return null;
  const rows = [
    [t('definition.hours'), common?.hours],
    [t('definition.exact'), said.unit === 'seconds' ? common?.spread : undefined],
    [t('definition.source'), said.source.join(', ')],
  ] as const;
  return <Explanation said={said} rows={rows} />;
}

/** The same of what a network counts of a post. */
export function PostMeaning({ metric }: { metric: string }) {
  const said = useNetworkWords().find('post', metric);
  return said ? <Explanation said={said} rows={[]} /> : null;
}

interface Props {
  said: { name: string; meaning: string; formula: string; excluded: string };
  rows: readonly (readonly [label: string, text: string | undefined])[];
}

function Explanation({ said, rows }: Props) {
  const { t } = useTranslation('analytics');
  const label = t('definition.of', { name: said.name });
  const all = [
    [t('definition.formula'), said.formula],
    [t('definition.excluded'), said.excluded],
    ...rows,
  ] as const;
  return (
    <Popover width={340} shadow="md" position="bottom-start" trapFocus keepMounted={false}>
      <Popover.Target>
        <ActionIcon size="sm" aria-label={label}>
          <IconInfoCircle size={15} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={label} tabIndex={-1}>
        <Stack gap={8} mah={360} style={{ overflowY: 'auto' }}>
          <Text fw={650}>{said.name}</Text>
          <Text size="sm">{said.meaning}</Text>
          {all.map(
            ([name, text]) =>
              text && (
                <div key={name}>
                  <Text size="xs" c="dimmed" fw={600}>
                    {name}
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
