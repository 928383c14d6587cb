import { Badge, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Face } from '@/shared/ui/Face';
import { Moment } from '@/shared/ui/Moment';
import { NetworkBadge } from '@/shared/ui/NetworkBadge';
import { Answer } from '@/shared/ui/States';
import { contactQuery, historyQuery } from '../queries';
import type { components } from '@/shared/api/schema';
import type { Kind } from '@/shared/conversation/types';
import classes from './ContactCard.module.css';

interface Props {
  className: string | undefined;
  id: string;
  name: string;
  /** The conversation that is open. */
  current: string;
}

/** Who writes, and everything that was written between them and all of our profiles. */
export function ContactCard({ className, id, name, current }: Props) {
  const { t } = useTranslation(['inbox', 'conversation']);
  const contact = useQuery(contactQuery(id));
  return (
    <aside className={className} aria-label={t('contact.label', { name })}>
      <Stack align="center" gap={4} mb="md">
        <Face name={name} seed={id} size={64} />
        <Title order={3} size="h5" ta="center">
          {name}
        </Title>
      </Stack>
      <Answer to={contact}>
        {({ identities, first_seen_at, last_seen_at }) => (
          <>
            <Stack gap={6} mb="lg">
              {identities.map((identity) => (
                <Group key={identity.external_id} gap={8} wrap="nowrap">
                  <NetworkBadge network={identity.network} />
                  <Text size="sm" truncate>
                    @{identity.handle}
                  </Text>
                  {identity.blocked_at && <Badge color="red">{t('contact.blocked')}</Badge>}
                </Group>
              ))}
              <Text size="xs" c="dimmed">
                {t('contact.since')} <Moment at={first_seen_at} as="ago" /> · {t('contact.last')}{' '}
                <Moment at={last_seen_at} as="ago" />
              </Text>
            </Stack>
            <History contact={id} current={current} />
          </>
        )}
      </Answer>
    </aside>
  );
}

type Item = components['schemas']['InteractionView'];

function History({ contact, current }: { contact: string; current: string }) {
  const { t } = useTranslation(['inbox', 'conversation']);
  return (
    <section>
      <Title order={4} size="h6" mb={6}>
        {t('contact.history')}
      </Title>
      <Answer to={useQuery(historyQuery(contact))}>
        {({ items }) => <Items some={items.filter((it) => it.conversation_id !== current)} />}
      </Answer>
    </section>
  );
}

function Items({ some }: { some: Item[] }) {
  const { t } = useTranslation(['inbox', 'conversation']);
  if (some.length === 0) {
    return (
      <Text size="xs" c="dimmed">
        {t('contact.noHistory')}
      </Text>
    );
  }
  return (
    <ol className={classes.history}>
      {some.map((item) => (
        <li key={item.id}>
          <Link
            to="/inbox/$conversationId"
            params={{ conversationId: item.conversation_id }}
            className={classes.item}
          >
            <span className={classes.when}>
              {item.direction === 'outbound' && `${t('contact.us')} · `}
              <Moment at={item.written_at} />
              {` · ${t(`conversation:kind.${item.kind as Kind}`)}`}
            </span>
            <span className={classes.text}>{item.text}</span>
          </Link>
        </li>
      ))}
    </ol>
  );
}
