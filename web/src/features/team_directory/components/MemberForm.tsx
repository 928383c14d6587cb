import { Button, Divider, Group, Stack, TagsInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { peopleQuery } from '@/shared/api/directory';
import { useSession } from '@/shared/api/session';
import { useDraft } from '@/shared/lib/draft';
import { notifyDone } from '@/shared/ui/notify';
import { memberChanges, memberDraft, type Member } from '../access';
import { memberQuery, rolesQuery } from '../queries';
import { useMemberLines } from '../useMemberLines';
import { AccessFields } from './AccessFields';
import { DraftState } from '@/shared/ui/DraftState';
import { MemberActions } from './MemberActions';
import { MemberFacts } from './MemberFacts';

interface Props {
  member: Member;
  close: () => void;
}

/** A member: what they are like, what they may do, and how they leave. */
export function MemberForm({ member, close }: Props) {
  const { t } = useTranslation(['team_directory', 'common']);
  const client = useQueryClient();
  const { may, id: own } = useSession();
  const lines = useMemberLines();
  const edit = useDraft(memberDraft(member), {
    conflict: 'directory.changed_meanwhile',
    fetch: async () => memberDraft(await client.query({ ...memberQuery(member.id), staleTime: 0 })),
    save: (draft, base) => {
      const params = { path: { member_id: member.id } };
      const body = memberChanges(base, draft);
      return ask(api.PATCH('/api/v1/team/members/{member_id}', { params, body }));
    },
    saved: async () => {
      await client.invalidateQueries({ queryKey: ['team', 'members'] });
      await client.invalidateQueries({ queryKey: peopleQuery.queryKey });
      await client.invalidateQueries({ queryKey: rolesQuery.queryKey });
      notifyDone(t('common:saved'));
      close();
    },
  });
  const describes = may('directory', 'edit') || member.id === own;
  const decides = may('directory', 'administer');
  const { draft, change } = edit;
  return (
    <Stack>
      <MemberFacts member={member} />
      <TextInput
        label={t('people.name')}
        required
        readOnly={!describes}
        value={draft.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <AccessFields value={draft} change={change} readOnly={!decides} />
      {(['skills', 'languages'] as const).map((name) => (
        <TagsInput
          key={name}
          label={t(`people.${name}`)}
          description={t(`people.${name}Hint`)}
          readOnly={!describes}
          value={draft[name]}
          onChange={(words) => change({ [name]: words })}
        />
      ))}
      <DraftState edit={edit} lines={lines} />
      {describes && (
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('common:cancel')}
          </Button>
          <Button disabled={!edit.changed} loading={edit.saving} onClick={edit.save}>
            {t('common:save')}
          </Button>
        </Group>
      )}
      {decides && (
        <>
          <Divider my="sm" />
          <MemberActions member={member} left={close} />
        </>
      )}
    </Stack>
  );
}
