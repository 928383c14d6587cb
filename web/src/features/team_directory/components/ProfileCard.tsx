import { Alert, Badge, Divider, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { Moment } from '@/shared/ui/Moment';
import { NetworkBadge, networkLabel } from '@/shared/ui/NetworkBadge';
import { COLOURS, conditionOf, tokenState, type Health, type Profile } from '../profiles';
import { useNames } from '../useNames';
import { Facts, type Fact } from './Facts';
import { HealthCard } from './HealthCard';
import { ProfileActions } from './ProfileActions';
import { useReason } from './useReason';

interface Props {
  profile: Profile;
  health: Health | undefined;
}

export function ProfileCard({ profile, health }: Props) {
  const { t } = useTranslation('team_directory');
  const { may } = useSession();
  const condition = conditionOf(profile, health);
  return (
    <Stack>
      <Group justify="space-between">
        <Group gap="xs">
          <NetworkBadge network={profile.network} size={22} />
          <Text>
            {networkLabel(profile.network)}
            {profile.handle && ` · @${profile.handle}`}
          </Text>
        </Group>
        <Badge variant="dot" color={COLOURS[condition]} tt="none" fw={550}>
          {t(`profiles.condition.${condition}`)}
        </Badge>
      </Group>
      <Trouble profile={profile} />
      <Title order={2} size="h5">
        {t('profiles.connection')}
      </Title>
      <Connection profile={profile} />
      {may('profiles', 'edit') && <ProfileActions profile={profile} />}
      {health && (
        <>
          <Divider />
          <Title order={2} size="h5">
            {t('profiles.inbound')}
          </Title>
          <HealthCard health={health} />
        </>
      )}
    </Stack>
  );
}

/** What is wrong with the connection, and what to press. */
function Trouble({ profile }: { profile: Profile }) {
  const { t } = useTranslation('team_directory');
  const reasonOf = useReason();
  const ended = profile.state === 'needs_person';
  if (!ended && profile.problems.length === 0) return null;
  return (
    <Alert
      role="alert"
      color={ended ? 'red' : 'clay'}
      icon={<IconAlertTriangle aria-hidden />}
      title={ended ? t('profiles.needsPerson') : t('profiles.problems')}
    >
      {ended && (
        <>
          <Text size="sm">{reasonOf(profile.code, profile.reason)}</Text>
          <Text size="sm">{t('profiles.needsPersonText')}</Text>
        </>
      )}
      {profile.problems.map((problem) => (
        <Text key={problem} size="sm">
          {problem}
        </Text>
      ))}
    </Alert>
  );
}

function Connection({ profile }: { profile: Profile }) {
  const { t } = useTranslation('team_directory');
  const { personName } = useNames();
  const token = tokenState(profile);
  const { connected_at: at, connected_by: by, checked_at: checked } = profile;
  const facts: Fact[] = [
    [
      t('profiles.since'),
      at ? (
        <>
          <Moment at={at} as="full" /> {by && t('profiles.by', { name: personName(by) })}
        </>
      ) : (
        t('keys.never')
      ),
    ],
    [t('profiles.checked'), checked ? <Moment at={checked} as="ago" /> : t('keys.never')],
    [
      t('profiles.token'),
      <>
        {t(`profiles.tokenState.${token}`)}{' '}
        {token === 'ends' && <Moment at={profile.token_expires_at ?? ''} as="full" />}
        {token === 'renews' && profile.token_renewed_at && (
          <>
            ({t('profiles.renewed')} <Moment at={profile.token_renewed_at} as="ago" />)
          </>
        )}
      </>,
    ],
  ];
  if (profile.base_url) facts.push([t('profiles.server'), profile.base_url]);
  if (profile.scopes.length > 0) facts.push([t('profiles.scopes'), profile.scopes.join(', ')]);
  return <Facts facts={facts} />;
}
