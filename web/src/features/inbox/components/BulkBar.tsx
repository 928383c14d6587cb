import { Button, CloseButton, Group, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { setState, type Change } from '../changes';
import { useSelection } from '../selection';
import { useChange } from '../useChange';
import { AssignPicker } from './AssignPicker';
import classes from './BulkBar.module.css';
import { SnoozePicker } from './SnoozePicker';
import { TagPicker } from './TagPicker';

/** One change for all that are selected. */
export function BulkBar() {
  const { t } = useTranslation('inbox');
  const { rows, clear } = useSelection();
  const { has } = useSession();
  const change = useChange();
  const apply = (wanted: Change) => {
    change.mutate({ conversations: [...rows.values()], change: wanted });
    clear();
  };
  return (
    <div
      className={classes.bar}
      role="toolbar"
      aria-label={t('list.selected', { count: rows.size })}
    >
      <Group gap={6} justify="space-between" wrap="nowrap">
        <Text size="sm" fw={600}>
          {t('list.selected', { count: rows.size })}
        </Text>
        <CloseButton size="sm" aria-label={t('list.selectNone')} onClick={clear} />
      </Group>
      {has('bulk') ? (
        <Group gap={6}>
          <Button
            size="xs"
            leftSection={<IconCheck size={16} aria-hidden />}
            onClick={() => apply(setState('handled'))}
          >
            {t('do.handle')}
          </Button>
          <AssignPicker change={apply} />
          <TagPicker chosen={[]} change={apply} />
          <SnoozePicker change={apply} />
        </Group>
      ) : (
        <Text size="xs" c="dimmed">
          {t('reason.permission_missing')}
        </Text>
      )}
    </div>
  );
}
