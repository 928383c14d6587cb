import { Alert, Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconExternalLink, IconRefresh } from '@tabler/icons-react';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/shared/api/problem';
import { useSession } from '@/shared/api/session';
import { Moment } from '@/shared/ui/Moment';
import { NetworkBadge } from '@/shared/ui/NetworkBadge';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { decidePublication, retryPublication, usePostChange, type Decision } from '../actions';
import { profileName, useProfiles, type Post, type Publication } from '../queries';
import classes from './Publications.module.css';
import { StateBadge } from './StateSign';

/** What became of the post on each profile, and what can be done about it there. */
export function Publications({ post }: { post: Post }) {
  const { t } = useTranslation('scheduler');
  return (
    <Stack component="section" gap="xs" aria-label={t('targets')}>
      <Title order={3} size="h6">
        {t('targets')}
      </Title>
      {post.targets.map((one) => (
        <PublicationRow key={one.id} one={one} />
      ))}
    </Stack>
  );
}

function PublicationRow({ one }: { one: Publication }) {
  const { t } = useTranslation('scheduler');
  const { of } = useProfiles();
  const profile = of(one.profile_id);
  const at = one.published_at ?? one.due_at;
  return (
    <div className={classes.row} data-publication={one.state}>
      <Group gap="sm" wrap="wrap">
        <NetworkBadge network={profile?.network ?? ''} size={20} />
        <Text size="sm" fw={600}>
          {profileName(profile)}
        </Text>
        <StateBadge state={one.state} atRisk={one.at_risk && one.state === 'pending'} />
        {at && (
          <Text size="sm" c="dimmed" component="span">
            <Moment at={at} as="full" />
          </Text>
        )}
        {one.permalink && (
          <Anchor href={one.permalink} target="_blank" rel="noreferrer" size="sm" ml="auto">
            <Group component="span" gap={4}>
              {t('seeThere')}
              <IconExternalLink size={14} aria-hidden />
            </Group>
          </Anchor>
        )}
      </Group>
      <Trouble one={one} />
    </div>
  );
}

/** The reason in words, and what to press. */
function Trouble({ one }: { one: Publication }) {
  const { t } = useTranslation('scheduler');
  const say = useReason();
  const { may } = useSession();
  const retry = usePostChange(() => retryPublication(one.id));
  const edits = may('publishing', 'edit');
  if (one.at_risk && one.state === 'pending') {
    return (
      <Alert color="clay" variant="light" icon={<IconAlertTriangle aria-hidden />}>
        {say(one.risk_code, one.risk_detail)} {t('riskHint')}
      </Alert>
    );
  }
  if (one.state === 'failed') {
    return (
      <Stack gap="xs">
        <Text size="sm">{say(one.error_code, one.error_detail)}</Text>
        {edits && (
          <Group>
            <Button
              size="xs"
              leftSection={<IconRefresh size={15} aria-hidden />}
              loading={retry.isPending}
              onClick={() => retry.mutate(undefined)}
            >
              {t('retry')}
            </Button>
            <Text size="xs" c="dimmed">
              {t('retryHint')}
            </Text>
          </Group>
        )}
        {retry.error && <ProblemNote problem={problemOf(retry.error)} />}
      </Stack>
    );
  }
  if (one.state === 'unknown') return <Decide one={one} />;
  if (one.state === 'pending' && one.error_code) {
    return (
      <Text size="sm" c="dimmed">
        {t('triesAgain', { reason: say(one.error_code, one.error_detail) })}
      </Text>
    );
  }
  return null;
}

const DECISIONS: readonly Decision[] = ['published', 'not_published', 'publish_again'];

/** Nobody can tell whether it appeared: a person looks, and says what they saw. */
function Decide({ one }: { one: Publication }) {
  const { t } = useTranslation('scheduler');
  const say = useReason();
  const { may } = useSession();
  const decide = usePostChange((decision: Decision) => decidePublication(one.id, decision));
  return (
    <Stack gap="xs">
      <Text size="sm">
        {say(one.error_code, one.error_detail)} {t('decideHint')}
      </Text>
      {may('publishing', 'edit') && (
        <Group gap="xs">
          {DECISIONS.map((decision) => (
            <Button
              key={decision}
              size="xs"
              variant="default"
              loading={decide.isPending && decide.variables === decision}
              onClick={() => decide.mutate(decision)}
            >
              {t(`decision.${decision}`)}
            </Button>
          ))}
        </Group>
      )}
      {decide.error && <ProblemNote problem={problemOf(decide.error)} />}
    </Stack>
  );
}

/** Why, in the reader's language where the code is known, with what the network itself said. */
function useReason() {
  const { t } = useTranslation('scheduler');
  return (code: string | null, detail: string | null): string => {
    const key = `reason.${code?.replace('.', '_') ?? ''}`;
    if (!i18next.exists(key, { ns: 'scheduler' })) return detail ?? code ?? '';
    const said = t(key as 'reason.network_unavailable');
    return detail && code?.startsWith('network.') ? `${said} (${detail})` : said;
  };
}
