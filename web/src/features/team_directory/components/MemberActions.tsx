import { Button, Group, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { peopleQuery } from '@/shared/api/directory';
import { problemOf } from '@/shared/api/problem';
import { Confirm } from '@/shared/ui/Confirm';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import type { Member } from '../access';
import { rolesQuery } from '../queries';
import { ShownOnce } from './ShownOnce';

interface Props {
  member: Member;
  left: () => void;
}

/** Helping somebody in who is locked out, and taking somebody out. */
export function MemberActions({ member, left }: Props) {
  const { t } = useTranslation('team_directory');
  const client = useQueryClient();
  const [asking, setAsking] = useState<'factor' | 'remove'>();
  const params = { path: { member_id: member.id } };
  const link = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/team/members/{member_id}/password-reset', { params })),
  });
  const takeAway = async () => {
    await ask(api.DELETE('/api/v1/team/members/{member_id}/second-factor', { params }));
    await client.invalidateQueries({ queryKey: ['team', 'members'] });
  };
  const remove = async () => {
    await ask(api.DELETE('/api/v1/team/members/{member_id}', { params }));
    left();
    client.removeQueries({ queryKey: ['team', 'members', 'one', member.id] });
    await client.invalidateQueries({ queryKey: ['team', 'members', 'list'] });
    await client.invalidateQueries({ queryKey: peopleQuery.queryKey });
    await client.invalidateQueries({ queryKey: rolesQuery.queryKey });
  };
  return (
    <Stack gap="sm">
      {link.error && <ProblemNote problem={problemOf(link.error)} />}
      {link.data && (
        <ShownOnce
          title={t('people.resetLink')}
          text={t(link.data.mailed ? 'people.resetMailed' : 'people.resetText')}
          value={window.location.origin + link.data.path}
        />
      )}
      <Group gap="xs">
        <Button size="xs" variant="default" loading={link.isPending} onClick={() => link.mutate()}>
          {t('people.reset')}
        </Button>
        {member.second_factor && (
          <Button size="xs" variant="default" onClick={() => setAsking('factor')}>
            {t('people.takeFactor')}
          </Button>
        )}
        <Button size="xs" variant="light" color="red" onClick={() => setAsking('remove')}>
          {t('people.remove')}
        </Button>
      </Group>
      {asking && (
        <Confirm
          title={t(`people.certain.${asking}.title`, { name: member.name })}
          action={t(`people.certain.${asking}.go`)}
          run={asking === 'factor' ? takeAway : remove}
          close={() => setAsking(undefined)}
        >
          {t(`people.certain.${asking}.text`)}
        </Confirm>
      )}
    </Stack>
  );
}
