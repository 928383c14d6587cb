import { Badge, Button, Code, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { components } from '@/shared/api/schema';
import { Moment } from '@/shared/ui/Moment';

type Key = components['schemas']['ApiKeyView'];

interface Props {
  keys: Key[];
  revoke: (id: string) => void;
}

export function ApiKeyTable({ keys, revoke }: Props) {
  const { t } = useTranslation('team_directory');
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('keys.name')}</Table.Th>
            <Table.Th>{t('keys.used')}</Table.Th>
            <Table.Th>{t('keys.expires')}</Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {keys.map((key) => (
            <Table.Tr key={key.id}>
              <Table.Td>
                <Text fw={550}>{key.name}</Text>
                <Code>{key.prefix}…</Code>
              </Table.Td>
              <Table.Td>
                {key.used_at ? <Moment at={key.used_at} as="ago" /> : t('keys.never')}
              </Table.Td>
              <Table.Td>
                {key.expires_at ? <Moment at={key.expires_at} /> : t('keys.expiry.never')}
              </Table.Td>
              <Table.Td ta="right">
                <Revocation apiKey={key} revoke={revoke} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Revocation({ apiKey, revoke }: { apiKey: Key; revoke: Props['revoke'] }) {
  const { t } = useTranslation('team_directory');
  if (apiKey.revoked_at) return <Badge color="gray">{t('keys.revoked')}</Badge>;
  return (
    <Button
      size="xs"
      variant="subtle"
      color="red"
      aria-label={t('keys.revokeLabel', { name: apiKey.name })}
      onClick={() => revoke(apiKey.id)}
    >
      {t('keys.revoke')}
    </Button>
  );
}
