import { Menu, UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { sessionQuery, startAnew, useSession } from '@/shared/api/session';
import { chooseWorkspace } from '@/shared/api/workspace';
import { Face } from '@/shared/ui/Face';

export function useSwitchWorkspace(): (id: string) => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async (id) => {
    chooseWorkspace(id);
    const who = await client.query({ ...sessionQuery, staleTime: 0 });
    startAnew(client);
    client.setQueryData(sessionQuery.queryKey, who);
    await navigate({ to: '/' });
  };
}

export function WorkspaceSwitcher() {
  const { t } = useTranslation();
  const { who } = useSession();
  const switchTo = useSwitchWorkspace();
  const { workspaces } = who;
  const name = workspaces.find((each) => each.id === who.workspace_id)?.name ?? '';
  return (
    <Menu position="right-start" width={240}>
      <Menu.Target>
        <UnstyledButton aria-label={t('workspace.current', { name })} title={name}>
          <Face name={name} seed={who.workspace_id} size={40} shape="square" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('workspace.switch')}</Menu.Label>
        {workspaces.map((each) => (
          <Menu.Item
            key={each.id}
            leftSection={<Face name={each.name} seed={each.id} size={22} shape="square" />}
            rightSection={each.id === who.workspace_id && <IconCheck size={16} aria-hidden />}
            onClick={() => void switchTo(each.id)}
          >
            {each.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
