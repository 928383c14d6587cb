import {
  Button,
  Fieldset,
  Group,
  Modal,
  Select,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import { useSession, type Module } from '@/shared/api/session';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { expiryOf, keyBody, LEVELS, MODULES } from '../apiKey';

interface Props {
  close: () => void;
  made: (secret: string) => Promise<void>;
}

interface KeyForm {
  name: string;
  expiry: string;
  levels: Partial<Record<Module, string>>;
}

const EXPIRIES = ['30', '90', '365', 'never'] as const;

export function ApiKeyDialog({ close, made }: Props) {
  const { t } = useTranslation(['team_directory', 'common']);
  const { who } = useSession();
  const form = useForm<KeyForm>({ initialValues: { name: '', expiry: '90', levels: {} } });
  const make = useMutation({
    mutationFn: ({ name, expiry, levels }: typeof form.values) =>
      ask(
        api.POST('/api/v1/team/api-keys', {
          body: keyBody({ name, levels, expiresAt: expiryOf(expiry, new Date()) }, who.rights),
        }),
      ),
    onSuccess: ({ secret }) => made(secret),
  });
  const mine = MODULES.filter((module) => (who.levels[module] ?? 0) > 0);
  return (
    <Modal
      opened
      onClose={close}
      title={t('keys.make')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={form.onSubmit((values) => make.mutate(values))}>
        <Stack>
          {make.error && <ProblemNote problem={problemOf(make.error)} />}
          <TextInput
            label={t('keys.name')}
            description={t('keys.nameHint')}
            required
            data-autofocus
            {...form.getInputProps('name')}
          />
          <Select
            label={t('keys.expires')}
            allowDeselect={false}
            data={EXPIRIES.map((value) => ({ value, label: t(`keys.expiry.${value}`) }))}
            {...form.getInputProps('expiry')}
          />
          <Fieldset legend={t('keys.access')}>
            <SimpleGrid cols={2} spacing="xs">
              {mine.map((module) => (
                <Select
                  key={module}
                  size="xs"
                  label={t(`keys.module.${module}`)}
                  allowDeselect={false}
                  data={LEVELS.slice(0, (who.levels[module] ?? 0) + 1).map((value) => ({
                    value,
                    label: t(`keys.level.${value}`),
                  }))}
                  {...form.getInputProps(`levels.${module}`)}
                  value={form.values.levels[module] ?? '0'}
                />
              ))}
            </SimpleGrid>
          </Fieldset>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={make.isPending}>
              {t('keys.make')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
