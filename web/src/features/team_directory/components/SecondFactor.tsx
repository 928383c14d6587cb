import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { Answer } from '@/shared/ui/States';
import { accountQuery } from '../queries';
import { CodeDialog } from './CodeDialog';
import { Enrolment } from './Enrolment';
import { RecoveryCodes } from './RecoveryCodes';

/** The second step: off, being set up, or on with its recovery codes. */
export function SecondFactor() {
  const { t } = useTranslation('team_directory');
  const client = useQueryClient();
  const account = useQuery(accountQuery);
  const [codes, setCodes] = useState<string[]>();
  const [asking, setAsking] = useState<'off' | 'renew'>();
  const begin = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/team/account/second-factor')),
  });
  const settled = async (fresh?: string[]) => {
    begin.reset();
    setAsking(undefined);
    setCodes(fresh);
    await client.invalidateQueries({ queryKey: accountQuery.queryKey });
  };
  return (
    <Answer to={account}>
      {({ second_factor: on, recovery_codes_left: count }) => (
        <Stack gap="sm" maw={560}>
          <Title order={2} size="h4">
            {t('security.factor')}
          </Title>
          <Text c="dimmed">{on ? t('security.factorOn', { count }) : t('security.factorOff')}</Text>
          {begin.error && <ProblemNote problem={problemOf(begin.error)} />}
          {codes && <RecoveryCodes codes={codes} done={() => setCodes(undefined)} />}
          {begin.data && <Enrolment enrolment={begin.data} done={settled} />}
          {!on && !begin.data && (
            <Button
              onClick={() => begin.mutate()}
              loading={begin.isPending}
              style={{ alignSelf: 'flex-start' }}
            >
              {t('security.turnOn')}
            </Button>
          )}
          {on && (
            <Group>
              <Button variant="default" onClick={() => setAsking('renew')}>
                {t('security.renew')}
              </Button>
              <Button variant="subtle" color="red" onClick={() => setAsking('off')}>
                {t('security.turnOff')}
              </Button>
            </Group>
          )}
          {asking && <CodeDialog what={asking} close={() => setAsking(undefined)} done={settled} />}
        </Stack>
      )}
    </Answer>
  );
}
