import { Button, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconTicket } from '@tabler/icons-react';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Navigate, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import { useSession } from '@/shared/api/session';
import { conversationQuery } from '@/shared/conversation/queries';
import type { Conversation } from '@/shared/conversation/types';
import { PRIORITIES, type Priority } from '@/shared/lib/priorities';
import { AssignPicker } from '@/shared/ui/AssignPicker';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { Empty, NoPermission } from '@/shared/ui/States';
import { invalidateTickets, ticketsOfQuery } from '../queries';
import classes from './NewTicketPage.module.css';

const route = getRouteApi('/desk/tickets/new');
const SUBJECT_CHARACTERS = 200;
const SUGGESTED_CHARACTERS = 80;

/** Opens a ticket about a conversation, or leads to the one that it has. */
export function NewTicketPage() {
  const { t } = useTranslation('ticketing');
  const { conversation } = route.useSearch();
  const { may } = useSession();
  if (!may('tickets', 'edit')) return <NoPermission />;
  if (conversation) return <About conversationId={conversation} />;
  const toInbox = (
    <Button renderRoot={(props) => <Link to="/inbox" {...props} />} variant="default">
      {t('new.toInbox')}
    </Button>
  );
  return (
    <Empty icon={IconTicket} title={t('new.nothing')} action={toInbox}>
      {t('new.nothingText')}
    </Empty>
  );
}

function About({ conversationId }: { conversationId: string }) {
  const { data: conversation } = useSuspenseQuery(conversationQuery(conversationId));
  const { data: tickets } = useSuspenseQuery(ticketsOfQuery(conversationId));
  const present = tickets.items.find(({ state }) => state !== 'closed');
  if (present)
    return <Navigate to="/tickets/$ticketId" params={{ ticketId: present.id }} replace />;
  return <Form conversation={conversation} />;
}

interface Values {
  subject: string;
  priority: Priority;
  assignee_id: string | null;
  team_id: string | null;
}

function suggestion({ excerpt }: Conversation): string {
  const line = excerpt.replaceAll(/\s+/g, ' ').trim();
  return line.length > SUGGESTED_CHARACTERS ? `${line.slice(0, SUGGESTED_CHARACTERS - 1)}…` : line;
}

/** Opens the ticket and goes there. */
function useOpen(conversation_id: string) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (values: Values) =>
      ask(api.POST('/api/v1/tickets', { body: { conversation_id, ...values } })),
    onSuccess: async ({ id }) => {
      await invalidateTickets(client);
      await navigate({ to: '/tickets/$ticketId', params: { ticketId: id }, replace: true });
    },
  });
}

function Form({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation(['ticketing', 'common']);
  const { has } = useSession();
  const open = useOpen(conversation.id);
  const form = useForm<Values>({
    initialValues: {
      subject: suggestion(conversation),
      priority: 'normal',
      assignee_id: has('assign') ? conversation.assignee_id : null,
      team_id: has('assign') ? conversation.team_id : null,
    },
  });
  const { assignee_id, team_id, subject } = form.values;
  return (
    <form className={classes.form} onSubmit={form.onSubmit((values) => open.mutate(values))}>
      <Stack>
        <div>
          <Title order={2} size="h3">
            {t('new.title')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('new.about', { name: conversation.contact.name })}
          </Text>
        </div>
        {open.error && <ProblemNote problem={problemOf(open.error)} />}
        <TextInput
          required
          label={t('new.subject')}
          description={t('new.subjectHelp')}
          maxLength={SUBJECT_CHARACTERS}
          {...form.getInputProps('subject')}
        />
        <Select
          label={t('new.priority')}
          allowDeselect={false}
          data={PRIORITIES.map((value) => ({ value, label: t(`common:priority.${value}`) }))}
          {...form.getInputProps('priority')}
        />
        <div>
          <Text size="sm" fw={500} mb={4}>
            {t('new.holder')}
          </Text>
          <AssignPicker
            holder={assignee_id}
            team={team_id}
            assign={(person, team) => form.setValues({ assignee_id: person, team_id: team })}
          />
        </div>
        <Group justify="flex-end">
          <Button
            variant="default"
            renderRoot={(props) => (
              <Link
                to="/inbox/$conversationId"
                params={{ conversationId: conversation.id }}
                {...props}
              />
            )}
          >
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={open.isPending} disabled={!subject.trim()}>
            {t('new.open')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
