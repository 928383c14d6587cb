import { VisuallyHidden } from '@mantine/core';
import { IconWorldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { timeOfDay } from '@/shared/lib/time';
import { usePlace } from '@/shared/ui/Moment';
import { NetworkBadge } from '@/shared/ui/NetworkBadge';
import { profileName, useProfiles, type NativePost } from '../queries';
import { coloured } from './PostChip';
import classes from './PostChip.module.css';

/** The shape of what was published elsewhere. */
export function NativeSign() {
  return <IconWorldCheck size={15} color="var(--parley-quiet)" aria-hidden />;
}

interface Props {
  post: NativePost;
  zone: string;
  as: 'line' | 'card';
}

/** A post that was published elsewhere: it can be looked at where it stands, and not be moved. */
export function NativeChip({ post, zone, as }: Props) {
  const { t } = useTranslation('scheduler');
  const { of, hue } = useProfiles();
  const { locale } = usePlace();
  const name = profileName(of(post.profile_id));
  const content = (
    <>
      <span className={classes.head}>
        <NativeSign />
        <VisuallyHidden>{t('native')}, </VisuallyHidden>
        <span className={classes.time}>{timeOfDay(post.published_at, { locale, zone })}</span>
        {as === 'card' && (
          <span className={classes.networks}>
            <NetworkBadge network={post.network} size={15} />
          </span>
        )}
      </span>
      <VisuallyHidden> {name}: </VisuallyHidden>
      <span className={classes.text}>{post.excerpt ?? t('noText')}</span>
    </>
  );
  const looks = {
    className: classes.chip,
    style: coloured([hue(post.profile_id)]),
    title: `${t('native')}, ${name}`,
    'data-as': as,
    'data-native': post.id,
  };
  if (!post.permalink) return <span {...looks}>{content}</span>;
  return (
    <a {...looks} href={post.permalink} target="_blank" rel="noreferrer" draggable={false}>
      {content}
    </a>
  );
}
