import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useLocalStorage } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ContactCard } from '../components/ContactCard';
import { ConversationHead } from '../components/ConversationHead';
import { Correspondence } from '@/shared/conversation/Correspondence';
import { conversationQuery, profilesQuery } from '@/shared/conversation/queries';
import { useAddNote } from '../useAddNote';
import classes from './ConversationPage.module.css';

const route = getRouteApi('/desk/inbox/$conversationId');

export function ConversationPage() {
  const { conversationId } = route.useParams();
  // Nothing of one conversation is left over when another one is opened.
  return <OneConversation key={conversationId} id={conversationId} />;
}

function OneConversation({ id }: { id: string }) {
  const { t } = useTranslation('inbox');
  const { data: conversation } = useSuspenseQuery(conversationQuery(id));
  const profiles = useQuery(profilesQuery).data;
  const profile = profiles?.find((each) => each.id === conversation.profile_id);
  const [card, setCard] = useLocalStorage({ key: 'parley.contact-card', defaultValue: true });
  const addNote = useAddNote(id);
  const { contact } = conversation;
  const handle = profile ? `@${profile.handle}` : '';
  return (
    <div className={classes.columns} data-card={card}>
      <article
        id="conversation"
        className={classes.conversation}
        aria-label={t('header.with', { name: contact.name })}
        tabIndex={-1}
      >
        <ConversationHead
          conversation={conversation}
          profile={handle}
          card={card}
          toggleCard={() => setCard(!card)}
        />
        <Correspondence conversation={conversation} profile={handle} addNote={addNote} />
      </article>
      {card && (
        <ContactCard className={classes.card} id={contact.id} name={contact.name} current={id} />
      )}
    </div>
  );
}
