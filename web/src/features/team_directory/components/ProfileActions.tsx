import { Button, Group, Modal, Stack } from '@mantine/core';
import { IconPlugConnectedX, IconRefresh, IconStethoscope } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import { Confirm } from '@/shared/ui/Confirm';
import { notifyDone } from '@/shared/ui/notify';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { Answer, Empty } from '@/shared/ui/States';
import type { Profile } from '../profiles';
import { networksQuery, profileQuery } from '../queries';
import { NetworkForm, type Answers } from './NetworkForm';

/** Testing the connection now, signing in to it again, and ending it. */
export function ProfileActions({ profile }: { profile: Profile }) {
  const { t } = useTranslation('team_directory');
  const client = useQueryClient();
  const [asking, setAsking] = useState<'reconnect' | 'disconnect'>();
  const params = { path: { profile_id: profile.id } };
  const refresh = () => client.invalidateQueries({ queryKey: ['profiles'] });
  const close = () => setAsking(undefined);
  const check = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/team/profiles/{profile_id}/check', { params })),
    onSuccess: async (checked) => {
      client.setQueryData(profileQuery(profile.id).queryKey, checked);
      await refresh();
      if (checked.state === 'connected') notifyDone(t('profiles.works'));
    },
  });
  const disconnect = async () => {
    await ask(api.DELETE('/api/v1/team/profiles/{profile_id}', { params }));
    await refresh();
  };
  const live = profile.state === 'connected' || profile.state === 'needs_person';
  return (
    <Stack gap="sm">
      {check.error && (
        <ProblemNote problem={problemOf(check.error)} account={profile.display_name} />
      )}
      <Group gap="xs">
        {live && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconStethoscope size={15} aria-hidden />}
            loading={check.isPending}
            onClick={() => check.mutate()}
          >
            {t('profiles.check')}
          </Button>
        )}
        {profile.state !== 'connecting' && (
          <Button
            size="xs"
            variant={profile.state === 'connected' ? 'default' : 'filled'}
            leftSection={<IconRefresh size={15} aria-hidden />}
            onClick={() => setAsking('reconnect')}
          >
            {t('profiles.reconnect')}
          </Button>
        )}
        {profile.state !== 'disconnected' && (
          <Button
            size="xs"
            variant="light"
            color="red"
            leftSection={<IconPlugConnectedX size={15} aria-hidden />}
            onClick={() => setAsking('disconnect')}
          >
            {t('profiles.disconnect')}
          </Button>
        )}
      </Group>
      {asking === 'reconnect' && <Reconnect profile={profile} close={close} done={refresh} />}
      {asking === 'disconnect' && (
        <Confirm
          title={t('profiles.certain', { name: profile.display_name || profile.network })}
          action={t('profiles.disconnect')}
          run={disconnect}
          close={close}
        >
          {t('profiles.certainText')}
        </Confirm>
      )}
    </Stack>
  );
}

interface ReconnectProps {
  profile: Profile;
  close: () => void;
  done: () => Promise<void>;
}

function Reconnect({ profile, close, done }: ReconnectProps) {
  const { t } = useTranslation(['team_directory', 'common']);
  const found = useQuery(networksQuery);
  const params = { path: { profile_id: profile.id } };
  const send = (answers: Answers) =>
    ask(api.POST('/api/v1/team/profiles/{profile_id}/reconnect', { params, body: { answers } }));
  const signedIn = async () => {
    close();
    await done();
    notifyDone(t('profiles.works'));
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t('profiles.reconnectTitle', { name: profile.display_name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Answer to={found}>
        {(networks) => {
          const network = networks.find((each) => each.network === profile.network);
          if (!network) return <Empty order={3} title={t('profiles.noNetwork')} />;
          return <NetworkForm network={network} send={send} done={signedIn} />;
        }}
      </Answer>
    </Modal>
  );
}
