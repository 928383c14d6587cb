import { Alert, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { components } from '@/shared/api/schema';
import { Copyable } from './ShownOnce';

type Sent = components['schemas']['SentInvitationView'];

/** The links of new invitations, which are shown only now. */
export function SentLinks({ sent }: { sent: readonly Sent[] }) {
  const { t } = useTranslation('team_directory');
  const mailed = sent.every((each) => each.mailed);
  return (
    <Alert color="clay" title={t('invitations.links', { count: sent.length })} w="100%">
      <Stack gap="sm">
        <Text size="sm">{t(mailed ? 'invitations.mailed' : 'invitations.notMailed')}</Text>
        {sent.map(({ id, email, path }) => (
          <div key={id}>
            <Text size="sm" fw={550}>
              {email}
            </Text>
            <Copyable
              value={window.location.origin + path}
              label={t('invitations.copy', { email })}
            />
          </div>
        ))}
      </Stack>
    </Alert>
  );
}
