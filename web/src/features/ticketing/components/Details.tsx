import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Change } from '../changes';
import type { Ticket } from '../search';
import { Clocks } from './Clocks';
import classes from './Details.module.css';
import { History } from './History';
import { Properties } from './Properties';

interface Props {
  className: string | undefined;
  ticket: Ticket;
  change: (change: Change) => void;
}

/** Everything about a ticket beside what was written. */
export function Details({ className, ticket, change }: Props) {
  const { t } = useTranslation('ticketing');
  return (
    <aside className={className} aria-label={t('details.label')}>
      <div className={classes.details}>
        <Section title={t('details.clocks')}>
          <Clocks clocks={ticket.clocks} />
        </Section>
        <Properties ticket={ticket} change={change} />
        <Section title={t('details.history')}>
          <History ticketId={ticket.id} />
        </Section>
      </div>
    </aside>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={3} size="h6" mb={8}>
        {title}
      </Title>
      {children}
    </section>
  );
}
