import { ActionIcon, Menu, Text } from '@mantine/core';
import { IconDots, IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { reasonOf } from './reason';
import type { Interaction } from './timeline';
import { useActions, type ActKind } from './useActions';

const KINDS: readonly ActKind[] = [
  'like',
  'unlike',
  'hide',
  'unhide',
  'delete',
  'block',
  'unblock',
];
const ASKED_FIRST: readonly ActKind[] = ['delete', 'block'];

interface Props {
  interaction: Interaction;
  name: string;
}

/** What the network allows to do with this one, and why not where it does not. */
export function InteractionMenu({ interaction, name }: Props) {
  const { t } = useTranslation('conversation');
  const { act } = useActions(interaction.conversation_id);
  const possible = interaction.possible.filter(
    ({ action, code }) => KINDS.some((kind) => kind === action) && code !== 'already_done',
  );
  const run = (kind: ActKind) => {
    const question = kind === 'block' ? t('do.confirmBlock', { name }) : t('do.confirmDelete');
    if (ASKED_FIRST.includes(kind) && !window.confirm(question)) return;
    act.mutate({ interaction_id: interaction.id, kind });
  };
  return (
    <Menu width={260} position="bottom-end">
      <Menu.Target>
        <ActionIcon size="sm" aria-label={t('do.more')} style={{ alignSelf: 'flex-start' }}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {possible.map(({ action, allowed, code, text }) => (
          <Menu.Item key={action} disabled={!allowed} onClick={() => run(action as ActKind)}>
            {t(`do.${action as ActKind}`, { name })}
            {!allowed && (
              <Text size="xs" c="dimmed">
                {reasonOf(t, { code: code ?? null, text: text ?? null })}
              </Text>
            )}
          </Menu.Item>
        ))}
        {interaction.permalink && (
          <Menu.Item
            component="a"
            href={interaction.permalink}
            target="_blank"
            rel="noreferrer"
            leftSection={<IconExternalLink size={16} aria-hidden />}
          >
            {t('do.onNetwork')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
