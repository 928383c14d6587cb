import { Alert } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '@/shared/conversation/draft';
import { NoteForm, type AddNote } from '@/shared/conversation/NoteForm';
import type { Extra } from '@/shared/conversation/timeline';
import timeline from '@/shared/conversation/Timeline.module.css';
import writing from '@/shared/conversation/Writing.module.css';
import { Moment } from '@/shared/ui/Moment';
import type { Ticket } from '../search';

interface Props {
  ticket: Ticket;
  extras: readonly Extra[];
  addNote: AddNote | undefined;
  draftKey: string;
}

/** What tickets know of a conversation that this person does not see in the inbox. */
export function Excerpts({ ticket, extras, addNote, draftKey }: Props) {
  const { t } = useTranslation('ticketing');
  const [draft, setDraft] = useDraft(draftKey);
  const messages = ticket.messages.map((message) => ({
    id: message.id,
    at: message.written_at,
    drawn: <Excerpt message={message} />,
  }));
  const lines = [...messages, ...extras].sort(
    (one, other) => Date.parse(one.at) - Date.parse(other.at),
  );
  return (
    <>
      <div className={timeline.timeline} role="log" aria-label={t('excerpts.label')}>
        <Alert icon={<IconEyeOff aria-hidden />} color="gray">
          {t('excerpts.why')}
        </Alert>
        {lines.map(({ id, drawn }) => (
          <div key={id} className={timeline.line}>
            {drawn}
          </div>
        ))}
      </div>
      {addNote && (
        <section className={writing.box} data-note="true">
          <NoteForm
            add={addNote}
            text={draft.text}
            write={(text) => setDraft({ mode: 'note', text })}
            done={() => setDraft({ text: '' })}
          />
        </section>
      )}
    </>
  );
}

function Excerpt({ message }: { message: Ticket['messages'][number] }) {
  const { t } = useTranslation('ticketing');
  const own = message.direction === 'outbound';
  return (
    <div className={timeline.bubble} data-own={own}>
      <div className={timeline.body}>
        <div className={timeline.text}>{message.excerpt}</div>
        <div className={timeline.facts}>
          <span>{own ? t('excerpts.us') : t('excerpts.customer')}</span>
          <Moment at={message.written_at} />
        </div>
      </div>
    </div>
  );
}
