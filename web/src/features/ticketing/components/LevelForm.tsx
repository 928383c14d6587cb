import { Button, Group, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import type { Draft, Line } from '@/shared/lib/draft';
import { DraftState } from '@/shared/ui/DraftState';
import { LevelRemoval } from './LevelRemoval';

interface Named {
  name: string;
}

interface Props<T extends Named> {
  what: 'calendars' | 'policies';
  edit: Draft<T>;
  /** Whether it can be saved as it is. */
  complete: boolean;
  lines: (draft: T) => Line[];
  close: () => void;
  /** Without it, it is new. */
  remove?: (() => Promise<void>) | undefined;
  children: ReactNode;
}

/** The frame of what is edited here; who may not change it reads it. */
export function LevelForm<T extends Named>(props: Props<T>) {
  const { what, edit, complete, lines, close, remove, children } = props;
  const { t } = useTranslation(['ticketing', 'common']);
  const readOnly = !useSession().may('tickets', 'administer');
  return (
    <Stack>
      <TextInput
        label={t('levels.name')}
        required
        readOnly={readOnly}
        data-autofocus
        maxLength={100}
        value={edit.draft.name}
        onChange={(event) => edit.change({ name: event.currentTarget.value } as Partial<T>)}
      />
      {children}
      <DraftState edit={edit} lines={remove ? lines : () => []} />
      {!readOnly && (
        <Group>
          {remove && <LevelRemoval what={what} name={edit.draft.name} remove={remove} />}
          <Button variant="default" ml="auto" onClick={close}>
            {t('common:cancel')}
          </Button>
          <Button disabled={!edit.changed || !complete} loading={edit.saving} onClick={edit.save}>
            {t('common:save')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
