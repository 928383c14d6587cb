import { Button, Group, Stack, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { Answer, Empty } from '@/shared/ui/States';
import { ApiKeyDialog } from '../components/ApiKeyDialog';
import { ApiKeyTable } from '../components/ApiKeyTable';
import { ShownOnce } from '../components/ShownOnce';
import { apiKeysQuery } from '../queries';

export function ApiKeysPage() {
  const { t } = useTranslation('team_directory');
  const client = useQueryClient();
  const found = useQuery(apiKeysQuery);
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<string>();
  const refresh = () => client.invalidateQueries({ queryKey: apiKeysQuery.queryKey });
  const revoke = useMutation({
    mutationFn: (key_id: string) =>
      ask(api.DELETE('/api/v1/team/api-keys/{key_id}', { params: { path: { key_id } } })),
    onSettled: refresh,
  });
  const made = async (fresh: string) => {
    setMaking(false);
    setSecret(fresh);
    await refresh();
  };
  return (
    <Stack>
      <Group justify="space-between">
        <Text c="dimmed">{t('keys.text')}</Text>
        <Button onClick={() => setMaking(true)}>{t('keys.make')}</Button>
      </Group>
      {secret && <ShownOnce title={t('keys.secret')} text={t('keys.secretText')} value={secret} />}
      {revoke.error && <ProblemNote problem={problemOf(revoke.error)} />}
      <Answer to={found}>
        {(keys) =>
          keys.length === 0 ? (
            <Empty icon={IconKey} title={t('keys.empty')}>
              {t('keys.emptyText')}
            </Empty>
          ) : (
            <ApiKeyTable keys={keys} revoke={(id) => revoke.mutate(id)} />
          )
        }
      </Answer>
      {making && <ApiKeyDialog close={() => setMaking(false)} made={made} />}
    </Stack>
  );
}
