import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/shared/api/problem';
import { useReturnFocus } from '@/shared/lib/useReturnFocus';
import { ProblemNote } from './ProblemNote';

interface Props {
  title: string;
  /** What will happen, and what cannot be taken back. */
  children: ReactNode;
  action: string;
  color?: string;
  run: () => Promise<unknown>;
  close: () => void;
}

/** Asks once more, does it, and stays open with the reason where it was refused. */
export function Confirm({ title, children, action, color = 'red', run, close }: Props) {
  const { t } = useTranslation();
  const go = useMutation({ mutationFn: run, onSuccess: close });
  useReturnFocus();
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="sm">
        <Text size="sm">{children}</Text>
        {go.error && <ProblemNote problem={problemOf(go.error)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('cancel')}
          </Button>
          <Button color={color} data-autofocus loading={go.isPending} onClick={() => go.mutate()}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
