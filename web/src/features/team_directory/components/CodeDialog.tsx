import { Button, Group, Modal, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { CodeField } from './CodeField';

interface Props {
  what: 'off' | 'renew';
  close: () => void;
  done: (codes?: string[]) => Promise<void>;
}

/** Asks for a code before the second step is turned off or its recovery codes are replaced. */
export function CodeDialog({ what, close, done }: Props) {
  const { t } = useTranslation(['team_directory', 'common']);
  const form = useForm({ initialValues: { code: '' } });
  const go = useMutation({
    mutationFn: async (body: typeof form.values) => {
      if (what === 'off') {
        await ask(api.POST('/api/v1/team/account/second-factor/off', { body }));
        return undefined;
      }
      return (await ask(api.POST('/api/v1/team/account/second-factor/recovery-codes', { body })))
        .codes;
    },
    onSuccess: done,
  });
  const title = t(what === 'off' ? 'security.turnOff' : 'security.renew');
  return (
    <Modal
      opened
      onClose={close}
      title={title}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={form.onSubmit((values) => go.mutate(values))}>
        <Text size="sm">{t('security.enterCode')}</Text>
        {go.error && <ProblemNote problem={problemOf(go.error)} />}
        <CodeField {...form.getInputProps('code')} />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={close}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" color={what === 'off' ? 'red' : 'pine'} loading={go.isPending}>
            {title}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
