import { Drawer } from '@mantine/core';
import { useDisclosure, useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ContactCard } from '../components/ContactCard';
import { ConversationHead } from '../components/ConversationHead';
import { Correspondence } from '@/shared/conversation/Correspondence';
import { conversationQuery, profilesQuery } from '@/shared/conversation/queries';
import { useAddNote } from '../useAddNote';
import classes from './ConversationPage.module.css';

const route = getRouteApi('/desk/inbox/$conversationId');

/** Where there is room for the contact beside the conversation. */
const WIDE = '(min-width: 78em)';

export function ConversationPage() {
  const { conversationId } = route.useParams();
  // Nothing of one conversation is left over when another one is opened.
  return <OneConversation key={conversationId} id={conversationId} />;
}

function OneConversation({ id }: { id: string }) {
  const { t } = useTranslation(['inbox', 'common']);
  const search = route.useSearch();
  const { data: conversation } = useSuspenseQuery(conversationQuery(id));
  const profiles = useQuery(profilesQuery).data;
  const profile = profiles?.find((each) => each.id === conversation.profile_id);
  const wide = useMediaQuery(WIDE, true, { getInitialValueInEffect: false });
  const [beside, setBeside] = useLocalStorage({ key: 'parley.contact-card', defaultValue: true });
  const [over, drawer] = useDisclosure(false);
  const card = wide && beside;
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
          search={search}
          profile={handle}
          card={card}
          toggleCard={() => (wide ? setBeside(!beside) : drawer.open())}
        />
        <Correspondence conversation={conversation} profile={handle} addNote={addNote} />
      </article>
      {card && (
        <ContactCard className={classes.card} id={contact.id} name={contact.name} current={id} />
      )}
      <Drawer
        opened={over && !wide}
        onClose={drawer.close}
        title={t('header.contact')}
        position="right"
        size="xs"
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <ContactCard className={undefined} id={contact.id} name={contact.name} current={id} />
      </Drawer>
    </div>
  );
}
