import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Correspondence } from '@/shared/conversation/Correspondence';
import { Answer } from '@/shared/ui/States';
import type { Change } from '../changes';
import { Details } from '../components/Details';
import { Excerpts } from '../components/Excerpts';
import { TicketHead } from '../components/TicketHead';
import { ticketQuery } from '../queries';
import type { Ticket } from '../search';
import { useAddNote } from '../useAddNote';
import { useChange } from '../useChange';
import { useConversation } from '../useConversation';
import { useExtras } from '../useExtras';
import classes from './TicketPage.module.css';

const route = getRouteApi('/desk/tickets/$ticketId');

export function TicketPage() {
  const { ticketId } = route.useParams();
  // Nothing of one ticket is left over when another one is opened.
  return <OneTicket key={ticketId} id={ticketId} />;
}

/** Beside the conversation where there is room, and in its place where there is none. */
function useDetails() {
  const wide = useMediaQuery('(min-width: 78em)', true, { getInitialValueInEffect: false });
  const [beside, setBeside] = useLocalStorage({ key: 'parley.ticket-details', defaultValue: true });
  const [instead, setInstead] = useState(false);
  const shown = wide ? beside : instead;
  return { shown, toggle: () => (wide ? setBeside(!beside) : setInstead(!instead)) };
}

function OneTicket({ id }: { id: string }) {
  const search = route.useSearch();
  const { data: ticket } = useSuspenseQuery(ticketQuery(id));
  const mutation = useChange(id);
  const details = useDetails();
  const change = (wanted: Change) => mutation.mutate({ change: wanted, version: ticket.version });
  const about = useAbout(ticket);
  return (
    <div className={classes.columns} data-details={details.shown}>
      <article id="ticket" className={classes.ticket} aria-label={ticket.subject} tabIndex={-1}>
        <TicketHead
          ticket={ticket}
          search={search}
          about={about}
          change={change}
          details={details.shown}
          toggleDetails={details.toggle}
        />
        <div className={classes.written}>
          <Written ticket={ticket} />
        </div>
      </article>
      {details.shown && <Details className={classes.details} ticket={ticket} change={change} />}
    </div>
  );
}

function useAbout(ticket: Ticket): string {
  const { t } = useTranslation('conversation');
  const { conversation, profile } = useConversation(ticket);
  const name = conversation.data?.contact.name ?? ticket.contact_name;
  const kind = t(`kind.${ticket.conversation.kind as 'comment'}`);
  return [name, kind, profile].filter(Boolean).join(' · ');
}

/** Apart from what is written in the inbox: a note here is another one. */
function draftKeyOf({ id }: Ticket): string {
  return `ticket.${id}`;
}

/** The conversation where this person sees it, else what tickets know of it. */
function Written({ ticket }: { ticket: Ticket }) {
  const { conversation, shut, profile } = useConversation(ticket);
  const addNote = useAddNote(ticket.id);
  const extras = useExtras(ticket.id);
  const draftKey = draftKeyOf(ticket);
  if (shut) {
    return <Excerpts ticket={ticket} extras={extras} addNote={addNote} draftKey={draftKey} />;
  }
  return (
    <Answer to={conversation}>
      {(known) => (
        <Correspondence
          conversation={known}
          draftKey={draftKey}
          profile={profile}
          addNote={addNote}
          extras={extras}
        />
      )}
    </Answer>
  );
}
