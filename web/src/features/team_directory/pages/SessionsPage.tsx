import { Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import type { components } from '@/shared/api/schema';
import { startAnew } from '@/shared/api/session';
import { Moment } from '@/shared/ui/Moment';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { Answer } from '@/shared/ui/States';
import { deviceName } from '../deviceName';
import { sessionsQuery } from '../queries';

type Session = components['schemas']['OwnSessionView'];

export function SessionsPage() {
  const { t } = useTranslation('team_directory');
  const client = useQueryClient();
  const navigate = useNavigate();
  const found = useQuery(sessionsQuery);
  const end = useMutation({
    mutationFn: (session_id: string) =>
      ask(
        api.DELETE('/api/v1/team/account/sessions/{session_id}', {
          params: { path: { session_id } },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  const leave = useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/session/everywhere')),
    onSuccess: async () => {
      await navigate({ to: '/login' });
      startAnew(client);
    },
  });
  const failed = end.error ?? leave.error;
  return (
    <Stack>
      <Group justify="space-between">
        <Text c="dimmed">{t('sessions.text')}</Text>
        <Button variant="default" onClick={() => leave.mutate()} loading={leave.isPending}>
          {t('sessions.everywhere')}
        </Button>
      </Group>
      {failed && <ProblemNote problem={problemOf(failed)} />}
      <Answer to={found}>
        {(sessions) => <SessionTable sessions={sessions} end={(id) => end.mutate(id)} />}
      </Answer>
    </Stack>
  );
}

interface TableProps {
  sessions: readonly Session[];
  end: (id: string) => void;
}

function SessionTable({ sessions, end }: TableProps) {
  const { t } = useTranslation('team_directory');
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('sessions.device')}</Table.Th>
            <Table.Th>{t('sessions.address')}</Table.Th>
            <Table.Th>{t('sessions.seen')}</Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sessions.map(({ id, device, ip, seen_at: seen, current }) => (
            <Table.Tr key={id}>
              <Table.Td title={device}>{deviceName(device)}</Table.Td>
              <Table.Td>{ip}</Table.Td>
              <Table.Td>
                <Moment at={seen} as="ago" />
              </Table.Td>
              <Table.Td ta="right">
                {current ? (
                  <Badge variant="light">{t('sessions.current')}</Badge>
                ) : (
                  <Button
                    size="xs"
                    variant="subtle"
                    color="red"
                    aria-label={t('sessions.endLabel', { device: deviceName(device) })}
                    onClick={() => end(id)}
                  >
                    {t('sessions.end')}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
