import { Button, Checkbox, Modal, Stack, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';

export interface Named {
  name: string;
  shared: boolean;
}

interface Props {
  given: Named;
  close: () => void;
  save: (named: Named) => void;
}

const LONGEST_NAME = 100;

/** The name of a saved view, and for whom it is. */
export function SavedViewDialog({ given, close, save }: Props) {
  const { t } = useTranslation(['inbox', 'common']);
  const { may } = useSession();
  const [name, setName] = useState(given.name);
  const [shared, setShared] = useState(given.shared);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    save({ name: name.trim(), shared });
    close();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t('saved.keep')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack component="form" gap="md" onSubmit={submit}>
        <TextInput
          label={t('saved.name')}
          maxLength={LONGEST_NAME}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {may('inbox', 'approve') && (
          <Checkbox
            label={t('saved.shared')}
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
        )}
        <Button type="submit" disabled={!name.trim()} style={{ alignSelf: 'flex-end' }}>
          {t('common:save')}
        </Button>
      </Stack>
    </Modal>
  );
}
