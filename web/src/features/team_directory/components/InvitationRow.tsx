import { Badge, Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import type { components } from '@/shared/api/schema';
import { Confirm } from '@/shared/ui/Confirm';
import { Moment } from '@/shared/ui/Moment';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { invitationsQuery } from '../queries';
import { useNames } from '../useNames';
import classes from '@/shared/ui/Rows.module.css';
import { SentLinks } from './SentLinks';

type Invitation = components['schemas']['TeamDirectoryInvitationView'];

/** Somebody who has not come yet: until when the link opens, a new one, or none. */
export function InvitationRow({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation('team_directory');
  const client = useQueryClient();
  const { namesOf, personName } = useNames();
  const [asking, setAsking] = useState(false);
  const { id, email, expired, expires_at: end, invited_by: inviter } = invitation;
  const params = { path: { invitation_id: id } };
  const refresh = () => client.invalidateQueries({ queryKey: invitationsQuery.queryKey });
  const again = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/team/invitations/{invitation_id}/resend', { params })),
    onSuccess: refresh,
  });
  const withdraw = async () => {
    await ask(api.DELETE('/api/v1/team/invitations/{invitation_id}', { params }));
    await refresh();
  };
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <b>{email}</b>
        <div className={classes.quiet}>
          {t('invitations.by', { name: personName(inviter) })} ·{' '}
          {expired ? t('invitations.expired') : t('invitations.ends')} <Moment at={end} as="ago" />
        </div>
      </div>
      <Group gap={6} className={classes.aside}>
        {namesOf('roles', invitation.role_ids).map((role) => (
          <Badge key={role} variant="light" tt="none" fw={550} color={expired ? 'gray' : 'pine'}>
            {role}
          </Badge>
        ))}
        <Button
          size="xs"
          variant="default"
          aria-label={t('invitations.againLabel', { email })}
          loading={again.isPending}
          onClick={() => again.mutate()}
        >
          {t('invitations.again')}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          color="red"
          aria-label={t('invitations.withdrawLabel', { email })}
          onClick={() => setAsking(true)}
        >
          {t('invitations.withdraw')}
        </Button>
      </Group>
      {again.error && <ProblemNote problem={problemOf(again.error)} account={email} />}
      {again.data && <SentLinks sent={[again.data]} />}
      {asking && (
        <Confirm
          title={t('invitations.certain', { email })}
          action={t('invitations.withdraw')}
          run={withdraw}
          close={() => setAsking(false)}
        >
          {t('invitations.certainText')}
        </Confirm>
      )}
    </li>
  );
}
