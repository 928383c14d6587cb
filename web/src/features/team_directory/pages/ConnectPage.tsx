import { Button, Group, SimpleGrid, Stack, Text, UnstyledButton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { NetworkBadge } from '@/shared/ui/NetworkBadge';
import { Sheet } from '@/shared/ui/Sheet';
import { Answer } from '@/shared/ui/States';
import classes from '../components/Networks.module.css';
import { NetworkForm, type Answers } from '../components/NetworkForm';
import type { Network } from '../profiles';
import { networksQuery } from '../queries';
import { sayOr } from '../sayOr';

/** Choose a network, answer what it asks, and go to its own page where it wants that. */
export function ConnectPage() {
  const { t } = useTranslation('team_directory');
  const navigate = useNavigate();
  const { network: chosen } = useSearch({ from: '/desk/team/profiles/connect' });
  const found = useQuery(networksQuery);
  const close = () => void navigate({ to: '/team/profiles' });
  const choose = (name?: string) =>
    void navigate({ to: '/team/profiles/connect', search: name ? { network: name } : {} });
  return (
    <Sheet title={t('profiles.connect')} close={close}>
      <Answer to={found}>
        {(networks) => {
          const network = networks.find((each) => each.network === chosen);
          if (!network) return <Choice networks={networks} choose={choose} />;
          return <Answering key={network.network} network={network} back={() => choose()} />;
        }}
      </Answer>
    </Sheet>
  );
}

interface ChoiceProps {
  networks: readonly Network[];
  choose: (network: string) => void;
}

function Choice({ networks, choose }: ChoiceProps) {
  const { t } = useTranslation('team_directory');
  return (
    <Stack>
      <Text>{t('profiles.which')}</Text>
      <SimpleGrid cols={1} spacing="sm">
        {networks.map(({ network, label }) => (
          <UnstyledButton key={network} className={classes.network} onClick={() => choose(network)}>
            <NetworkBadge network={network} size={34} />
            <span>
              <b>{label}</b>
              <span className={classes.about}>{sayOr(`network.about.${network}`, '')}</span>
            </span>
          </UnstyledButton>
        ))}
      </SimpleGrid>
    </Stack>
  );
}

function Answering({ network, back }: { network: Network; back: () => void }) {
  const { t } = useTranslation(['team_directory', 'common']);
  const client = useQueryClient();
  const navigate = useNavigate();
  const connect = (answers: Answers) =>
    ask(api.POST('/api/v1/team/profiles', { body: { network: network.network, answers } }));
  const connected = async (profileId: string) => {
    await client.invalidateQueries({ queryKey: ['profiles'] });
    await navigate({ to: '/team/profiles', search: { connected: profileId } });
  };
  return (
    <Stack>
      <Group gap="sm">
        <NetworkBadge network={network.network} size={34} />
        <div>
          <Text fw={650}>{network.label}</Text>
          <Text size="sm" c="dimmed">
            {sayOr(`network.about.${network.network}`, '')}
          </Text>
        </div>
      </Group>
      <NetworkForm network={network} send={connect} done={connected}>
        <Button variant="default" onClick={back}>
          {t('common:back')}
        </Button>
      </NetworkForm>
    </Stack>
  );
}
