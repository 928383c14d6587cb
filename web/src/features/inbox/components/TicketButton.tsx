import { ActionIcon } from '@mantine/core';
import { IconTicket } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { useCommands } from '@/shared/lib/commands';

/** Leads to the ticket of a conversation, or to opening one; tickets know which. */
export function TicketButton({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation('inbox');
  const navigate = useNavigate();
  const { may } = useSession();
  const allowed = may('tickets', 'edit');
  const search = { conversation: conversationId };
  const run = () => void navigate({ to: '/tickets/new', search });
  const section = t('keys.section');
  useCommands(
    allowed ? [{ id: 'inbox.ticket', label: t('header.ticket'), section, keys: 'o', run }] : [],
  );
  if (!allowed) return null;
  return (
    <ActionIcon
      size={30}
      aria-label={t('header.ticket')}
      title={t('header.ticket')}
      renderRoot={(props) => <Link to="/tickets/new" search={search} {...props} />}
    >
      <IconTicket size={19} aria-hidden />
    </ActionIcon>
  );
}
