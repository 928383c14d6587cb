import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { useDraft } from '@/shared/lib/draft';
import { notifyDone } from '@/shared/ui/notify';
import type { Role } from '../access';
import { rolesQuery } from '../queries';
import { NEW_ROLE, roleDraft, type RoleDraft } from '../roles';
import { useRoleLines } from '../useRoleLines';
import { DraftState } from '@/shared/ui/DraftState';
import { RoleGrid } from './RoleGrid';

interface Props {
  /** Without one it is a new role. */
  role?: Role;
  done?: (id: string) => void;
}

export function RoleForm({ role, done }: Props) {
  const { t } = useTranslation(['team_directory', 'common']);
  const client = useQueryClient();
  const lines = useRoleLines();
  const fetchRole = async () => {
    const roles = await client.query({ ...rolesQuery, staleTime: 0 });
    const theirs = roles.find(({ id }) => id === role?.id);
    return theirs ? roleDraft(theirs) : NEW_ROLE;
  };
  const opened = role ? roleDraft(role) : NEW_ROLE;
  const edit = useDraft(opened, {
    conflict: 'directory.changed_meanwhile',
    fetch: fetchRole,
    save: async (draft, base) => {
      const { id } = await saveRole(role?.id, draft, base);
      if (role) return;
      // The page of the new role looks for it in this list.
      await client.invalidateQueries({ queryKey: rolesQuery.queryKey });
      done?.(id);
    },
    saved: async (settle) => {
      if (role) settle(await fetchRole());
      notifyDone(t('common:saved'));
    },
  });
  const { draft, change } = edit;
  return (
    <Stack>
      <TextInput
        label={t('people.name')}
        required
        maw={420}
        value={draft.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Textarea
        label={t('roles.duties')}
        description={t('roles.dutiesHint')}
        autosize
        maw={620}
        value={draft.duties}
        onChange={(event) => change({ duties: event.currentTarget.value })}
      />
      <RoleGrid draft={draft} change={change} />
      <DraftState edit={edit} lines={lines} />
      <Group>
        <Button
          disabled={!edit.changed || !draft.name.trim()}
          loading={edit.saving}
          onClick={edit.save}
        >
          {t('common:save')}
        </Button>
      </Group>
    </Stack>
  );
}

function saveRole(id: string | undefined, draft: RoleDraft, base: RoleDraft) {
  if (!id) {
    const { version: _none, ...body } = draft;
    return ask(api.POST('/api/v1/team/roles', { body }));
  }
  const body = { ...draft, version: base.version };
  return ask(api.PUT('/api/v1/team/roles/{role_id}', { params: { path: { role_id: id } }, body }));
}
