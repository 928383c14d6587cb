import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import { useSession } from '@/shared/api/session';
import { inLanguage } from '@/shared/lib/i18n';
import { Confirm } from '@/shared/ui/Confirm';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import type { Role } from '../access';
import { rolesQuery } from '../queries';
import { roleName } from '../useNames';

/** Copying a role, and deleting one of the workspace's own. */
export function RoleActions({ role }: { role: Role }) {
  const { t } = useTranslation(['team_directory', 'common']);
  const client = useQueryClient();
  const navigate = useNavigate();
  const { may } = useSession();
  const [asking, setAsking] = useState<'copy' | 'delete'>();
  const close = () => setAsking(undefined);
  const remove = async () => {
    await ask(
      api.DELETE('/api/v1/team/roles/{role_id}', { params: { path: { role_id: role.id } } }),
    );
    await navigate({ to: '/team/roles' });
    await client.invalidateQueries({ queryKey: rolesQuery.queryKey });
  };
  if (!may('directory', 'administer')) return null;
  return (
    <Group gap="xs">
      <Button variant="default" onClick={() => setAsking('copy')}>
        {t('roles.copy')}
      </Button>
      {!role.template && (
        <Button variant="light" color="red" onClick={() => setAsking('delete')}>
          {t('roles.delete')}
        </Button>
      )}
      {asking === 'copy' && <CopyDialog role={role} close={close} />}
      {asking === 'delete' && (
        <Confirm
          title={t('roles.certain', { name: roleName(role) })}
          action={t('roles.delete')}
          run={remove}
          close={close}
        >
          {t('roles.certainText')}
        </Confirm>
      )}
    </Group>
  );
}

function CopyDialog({ role, close }: { role: Role; close: () => void }) {
  const { t } = useTranslation(['team_directory', 'common']);
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({ initialValues: { name: t('roles.copyName', { name: roleName(role) }) } });
  const copy = useMutation({
    mutationFn: ({ name }: typeof form.values) =>
      ask(
        api.POST('/api/v1/team/roles/{role_id}/copy', {
          params: { path: { role_id: role.id } },
          body: { name, duties: inLanguage(role.duties) },
        }),
      ),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: rolesQuery.queryKey });
      close();
      await navigate({ to: '/team/roles/$roleId', params: { roleId: id } });
    },
  });
  return (
    <Modal
      opened
      onClose={close}
      title={t('roles.copyTitle', { name: roleName(role) })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={form.onSubmit((values) => copy.mutate(values))}>
        <Stack>
          {copy.error && <ProblemNote problem={problemOf(copy.error)} />}
          <TextInput
            label={t('people.name')}
            required
            data-autofocus
            {...form.getInputProps('name')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={copy.isPending}>
              {t('roles.copy')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
