import { Others } from './Others';
import type { AddNote } from './NoteForm';
import { Timeline } from './Timeline';
import type { Extra } from './timeline';
import type { Conversation } from './types';
import { useSignalPresence } from './useSignalPresence';
import { Writing } from './Writing';

interface Props {
  conversation: Conversation;
  /** The profile's handle, as it is shown. */
  profile: string;
  /** Undefined for who may not write notes here. */
  addNote: AddNote | undefined;
  extras?: readonly Extra[];
  /** Under what is kept that somebody was writing here, where it is not the conversation's own. */
  draftKey?: string;
}

/** What was written and done, who else is here, and where one writes; fills a column. */
export function Correspondence(props: Props) {
  const { conversation, profile, addNote, extras, draftKey = conversation.id } = props;
  const noteTyping = useSignalPresence(conversation.id);
  return (
    <>
      <Timeline conversation={conversation} profile={profile} extras={extras} />
      <Others conversationId={conversation.id} />
      <Writing
        conversation={conversation}
        profile={profile}
        draftKey={draftKey}
        noteTyping={noteTyping}
        addNote={addNote}
      />
    </>
  );
}
