import {
  IconBookmark,
  IconDots,
  IconHeart,
  IconMessageCircle,
  IconRepeat,
  IconShare2,
  IconStar,
  IconArrowBackUp,
  IconWorld,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Face } from '@/shared/ui/Face';
import { NetworkBadge } from '@/shared/ui/NetworkBadge';
import { profileName, type PictureInPost, type Profile } from '../queries';
import classes from './Preview.module.css';
import { usePicture } from './Thumbnail';

/** What a network puts below a post, and the shape that it gives to people. */
const LOOKS: Record<string, { signs: Icon[]; face: 'round' | 'square'; beside: boolean }> = {
  bluesky: {
    signs: [IconMessageCircle, IconRepeat, IconHeart, IconShare2, IconDots],
    face: 'round',
    beside: true,
  },
  mastodon: {
    signs: [IconArrowBackUp, IconRepeat, IconStar, IconBookmark, IconDots],
    face: 'square',
    beside: false,
  },
};
const ANY_LOOK = {
  signs: [IconHeart, IconMessageCircle, IconShare2],
  face: 'round' as const,
  beside: false,
};
const PICTURES_SHOWN = 4;

interface Props {
  profile: Profile;
  text: string;
  media: readonly PictureInPost[];
}

export function Preview({ profile, text, media }: Props) {
  const { t } = useTranslation('scheduler');
  const { signs, face, beside } = LOOKS[profile.network] ?? ANY_LOOK;
  return (
    <article className={classes.post} data-network={profile.network} data-beside={beside}>
      <span className={classes.face}>
        <Face name={profile.display_name} seed={profile.id} size={42} shape={face} />
      </span>
      <header className={classes.names}>
        <b>{profile.display_name}</b>
        <span>{profileName(profile)}</span>
      </header>
      <span className={classes.network}>
        {profile.network === 'mastodon' && <IconWorld size={14} aria-hidden />}
        <NetworkBadge network={profile.network} size={18} />
      </span>
      <div className={classes.content}>
        {text ? <Words text={text} /> : <span className={classes.nothing}>{t('noText')}</span>}
        <Pictures media={media} />
      </div>
      <footer className={classes.signs} aria-hidden>
        {signs.map((Sign, place) => (
          <Sign key={place} size={17} stroke={1.7} />
        ))}
      </footer>
    </article>
  );
}

const MARKED = /(https?:\/\/[^\s<>"]+|[#@][\p{L}\p{N}_][\p{L}\p{N}_.@-]*)/gu;

/** The text with what a network would make links of. */
function Words({ text }: { text: string }) {
  return (
    <p className={classes.words}>
      {text.split(MARKED).map((part, place) =>
        place % 2 ? (
          <span key={place} className={classes.link}>
            {part}
          </span>
        ) : (
          part
        ),
      )}
    </p>
  );
}

function Pictures({ media }: { media: readonly PictureInPost[] }) {
  if (media.length === 0) return null;
  const shown = media.slice(0, PICTURES_SHOWN);
  const more = media.length - shown.length;
  return (
    <div className={classes.pictures} data-count={shown.length}>
      {shown.map((picture) => (
        <Shown key={picture.asset_id} picture={picture} />
      ))}
      {more > 0 && <span className={classes.more}>+{more}</span>}
    </div>
  );
}

function Shown({ picture }: { picture: PictureInPost }) {
  const address = usePicture(picture.asset_id);
  return (
    <span className={classes.picture}>
      {address && <img src={address} alt={picture.alt} />}
      {picture.alt && (
        <span className={classes.alt} aria-hidden>
          ALT
        </span>
      )}
    </span>
  );
}
