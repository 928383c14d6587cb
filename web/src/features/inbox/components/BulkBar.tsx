import { Button, CloseButton, Group, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { AssignPicker } from '@/shared/ui/AssignPicker';
import { assign, setState, type Change } from '../changes';
import { useSelection } from '../selection';
import { useChange } from '../useChange';
import classes from './BulkBar.module.css';
import { PriorityPicker } from './PriorityPicker';
import { SnoozePicker } from './SnoozePicker';
import { TagPicker } from './TagPicker';

/** One change for all that are selected. */
export function BulkBar() {
  const { t } = useTranslation(['inbox', 'conversation']);
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
          <AssignPicker assign={(person, team) => apply(assign(person, team))} />
          <TagPicker chosen={[]} change={apply} />
          <PriorityPicker change={apply} />
          <SnoozePicker change={apply} />
        </Group>
      ) : (
        <Text size="xs" c="dimmed">
          {t('conversation:reason.permission_missing')}
        </Text>
      )}
    </div>
  );
}
