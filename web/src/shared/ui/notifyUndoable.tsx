import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { notifyDone } from './notify';

/** A short word about what was just done, and the way back. */
export function notifyUndoable(message: string, undo: () => void): void {
  const id = crypto.randomUUID();
  const press = () => {
    notifications.hide(id);
    undo();
  };
  notifyDone(
    <Group justify="space-between" wrap="nowrap">
      {message}
      <Button size="compact-xs" variant="light" onClick={press}>
        {i18next.t('undo')}
      </Button>
    </Group>,
    id,
  );
}
