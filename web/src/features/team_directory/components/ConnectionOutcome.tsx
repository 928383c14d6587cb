import { Alert, Box, Button } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { profilesQuery } from '../queries';

export interface Outcome {
  /** The id of a profile that has just been connected. */
  connected?: string;
  /** The code of what went wrong on the way to the network and back. */
  problem?: string;
}

/** How a visit to the page of a network ended, for who comes back from there. */
export function ConnectionOutcome({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation(['team_directory', 'common']);
  const navigate = useNavigate();
  const profiles = useQuery(profilesQuery).data ?? [];
  const profile = profiles.find(({ id }) => id === outcome.connected);
  if (outcome.problem) {
    const problem = { status: 400, code: outcome.problem, title: '', detail: '' };
    return (
      <Box mb="md">
        <ProblemNote problem={problem} account={t('profiles.notConnected')}>
          <Button component={Link} to="/team/profiles/connect" size="xs" variant="default" mt="xs">
            {t('common:tryAgain')}
          </Button>
        </ProblemNote>
      </Box>
    );
  }
  if (!profile) return null;
  return (
    <Alert
      role="status"
      mb="md"
      color="pine"
      icon={<IconPlugConnected aria-hidden />}
      title={t('profiles.connected', { name: profile.display_name })}
      withCloseButton
      closeButtonLabel={t('common:close')}
      onClose={() => void navigate({ to: '/team/profiles', search: {}, replace: true })}
    >
      {t('profiles.connectedText')}
    </Alert>
  );
}
