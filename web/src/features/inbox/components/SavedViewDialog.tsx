import { Button, Checkbox, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/shared/api/problem';
import { useSession } from '@/shared/api/session';
import { ProblemNote } from '@/shared/ui/ProblemNote';

export interface Named {
  name: string;
  shared: boolean;
}

interface Props {
  title: string;
  given: Named;
  close: () => void;
  save: (named: Named) => Promise<unknown>;
}

const LONGEST_NAME = 100;

/** The name of a saved view, and for whom it is; it stays open where that was refused. */
export function SavedViewDialog({ title, given, close, save }: Props) {
  const { t } = useTranslation(['inbox', 'common']);
  const { may } = useSession();
  const [name, setName] = useState(given.name);
  const [shared, setShared] = useState(given.shared);
  const saving = useMutation({ mutationFn: save, onSuccess: close });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!saving.isPending) saving.mutate({ name: name.trim(), shared });
  };
  return (
    <Modal
      opened
      onClose={close}
      title={title}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack component="form" gap="md" onSubmit={submit}>
        {saving.error && <ProblemNote problem={problemOf(saving.error)} />}
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
        <Button
          type="submit"
          loading={saving.isPending}
          disabled={!name.trim()}
          style={{ alignSelf: 'flex-end' }}
        >
          {t('common:save')}
        </Button>
      </Stack>
    </Modal>
  );
}
