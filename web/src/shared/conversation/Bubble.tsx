import { IconHeartFilled, IconLock, IconPaperclip, IconStarFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Face } from '@/shared/ui/Face';
import { Moment } from '@/shared/ui/Moment';
import type { Conversation } from './types';
import type { Interaction } from './timeline';
import { InteractionMenu } from './InteractionMenu';
import classes from './Timeline.module.css';

interface Props {
  interaction: Interaction;
  conversation: Conversation;
  profile: string;
}

interface Author {
  external_id?: string;
  display_name?: string;
  handle?: string;
}

/** One thing that stands on the network. */
export function Bubble({ interaction, conversation, profile }: Props) {
  const own = interaction.direction === 'outbound';
  const author = interaction.author as Author;
  const called = [author.display_name, author.handle].find(Boolean);
  const name = called ?? conversation.contact.name;
  const isContact = !own && name === conversation.contact.name;
  const seed = isContact ? conversation.contact.id : (author.external_id ?? name);
  return (
    <div
      className={classes.bubble}
      data-own={own}
      data-gone={interaction.removed_at !== null || interaction.hidden_at !== null}
    >
      <Face
        name={name}
        seed={own ? conversation.profile_id : seed}
        size={30}
        shape={own ? 'square' : 'round'}
      />
      <div className={classes.body}>
        <div className={classes.text} lang={interaction.language ?? undefined}>
          {interaction.text}
        </div>
        <Facts interaction={interaction} name={own ? profile : name} />
      </div>
      <InteractionMenu interaction={interaction} name={name} />
    </div>
  );
}

function Facts({ interaction, name }: { interaction: Interaction; name: string }) {
  const { t } = useTranslation('conversation');
  const { rating, media } = interaction;
  return (
    <div className={classes.facts}>
      <span>{name}</span>
      <Moment at={interaction.written_at} />
      {rating !== null && (
        <span className={classes.state}>
          <IconStarFilled size={12} aria-hidden /> {t('timeline.rating', { count: rating })}
        </span>
      )}
      {media.length > 0 && (
        <span className={classes.state}>
          <IconPaperclip size={13} aria-hidden /> {t('timeline.media', { count: media.length })}
        </span>
      )}
      {interaction.visibility === 'private' && (
        <span className={classes.state}>
          <IconLock size={12} aria-hidden /> {t('timeline.private')}
        </span>
      )}
      {interaction.edited_at && <span>{t('timeline.edited')}</span>}
      {interaction.liked_at && (
        <span className={classes.state}>
          <IconHeartFilled size={12} aria-hidden /> {t('timeline.liked')}
        </span>
      )}
      {interaction.removed_at && <span>{t('timeline.removed')}</span>}
      {interaction.hidden_at && !interaction.removed_at && <span>{t('timeline.hidden')}</span>}
      {interaction.origin === 'native' && <span>{t('timeline.native')}</span>}
    </div>
  );
}
