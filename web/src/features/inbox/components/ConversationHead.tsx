import { ActionIcon, Button, Group, Title } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconId } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { useCommands } from '@/shared/lib/commands';
import { AssignPicker } from '@/shared/ui/AssignPicker';
import { PaneHead } from '@/shared/ui/PaneHead';
import classes from '@/shared/ui/PaneHead.module.css';
import { assign, setState, type Change } from '../changes';
import type { Conversation, Kind } from '@/shared/conversation/types';
import type { InboxSearch } from '../search';
import { useChange } from '../useChange';
import { PriorityPicker } from './PriorityPicker';
import { SnoozePicker } from './SnoozePicker';
import { TagPicker } from './TagPicker';
import { TicketButton } from './TicketButton';

interface Props {
  conversation: Conversation;
  search: InboxSearch;
  profile: string;
  card: boolean;
  toggleCard: () => void;
}

/** Who it is with and on which profile, and what is done with it here. */
export function ConversationHead({ conversation, search, profile, card, toggleCard }: Props) {
  const { t } = useTranslation(['inbox', 'conversation']);
  const { may } = useSession();
  const { contact, network, kind } = conversation;
  return (
    <PaneHead
      to="/inbox"
      search={search}
      back={t('header.backToList')}
      title={
        <Title order={2} size="h4" className={classes.title}>
          {contact.name}
        </Title>
      }
      network={network}
      about={t('header.on', { kind: t(`conversation:kind.${kind as Kind}`), profile })}
    >
      {may('inbox', 'edit') && <Tools conversation={conversation} />}
      <TicketButton conversationId={conversation.id} />
      <ActionIcon
        aria-label={t('header.contact')}
        title={t('header.contact')}
        aria-pressed={card}
        variant={card ? 'light' : 'subtle'}
        size={30}
        onClick={toggleCard}
      >
        <IconId size={19} aria-hidden />
      </ActionIcon>
    </PaneHead>
  );
}

function Tools({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation(['inbox', 'conversation']);
  const { id: me, has } = useSession();
  const mutation = useChange();
  const change = (wanted: Change) =>
    mutation.mutate({ conversations: [conversation], change: wanted });
  const open = conversation.state === 'open';
  const settle = () => change(setState(open ? 'handled' : 'open'));
  const section = t('keys.section');
  const takeIt = {
    id: 'inbox.take',
    label: t('keys.takeIt'),
    section,
    keys: 'm',
    run: () => change(assign(me, conversation.team_id)),
  };
  useCommands([
    { id: 'inbox.handled', label: t('keys.handled'), section, keys: 'e', run: settle },
    ...(has('assign') ? [takeIt] : []),
  ]);
  return (
    <Group gap={6} className={classes.tools}>
      <AssignPicker
        holder={conversation.assignee_id}
        team={conversation.team_id}
        assign={(person, team) => change(assign(person, team))}
        command={{ label: t('keys.assign'), section, keys: 'a' }}
      />
      <TagPicker chosen={conversation.tag_ids} change={change} keys="t" />
      <PriorityPicker level={conversation.priority} change={change} keys="p" />
      {open && <SnoozePicker change={change} keys="s" />}
      <Button
        size="xs"
        variant={open ? 'filled' : 'default'}
        leftSection={
          open ? <IconCheck size={16} aria-hidden /> : <IconArrowBackUp size={16} aria-hidden />
        }
        loading={mutation.isPending && mutation.variables.change.kind === 'state'}
        onClick={settle}
      >
        {open ? t('do.handle') : t('do.reopen')}
      </Button>
    </Group>
  );
}
