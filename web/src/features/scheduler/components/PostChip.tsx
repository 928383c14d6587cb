import { VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { timeOfDay } from '@/shared/lib/time';
import { usePlace } from '@/shared/ui/Moment';
import { NetworkBadge } from '@/shared/ui/NetworkBadge';
import { dragged } from '../dragging';
import { contentOn } from '../draft';
import { profileName, useProfiles, type Post } from '../queries';
import { isAtRisk, isMovable } from '../states';
import { useMoving } from '../useMove';
import classes from './PostChip.module.css';
import { StateSign } from './StateSign';

interface Props {
  post: Post;
  zone: string;
  /** `line`: as flat as it can be; `card`: with the networks and more of the text. */
  as: 'line' | 'card';
}

/** A post in the calendar: its profiles as colours, its state as a shape, both in words for ears. */
export function PostChip({ post, zone, as }: Props) {
  const { t } = useTranslation('scheduler');
  const { may } = useSession();
  const { of, hue } = useProfiles();
  const moving = useMoving().has(post.id);
  const { locale } = usePlace();
  const time = post.due_at ? timeOfDay(post.due_at, { locale, zone }) : '';
  const profiles = post.targets.map((one) => of(one.profile_id));
  const networks = [...new Set(profiles.map((profile) => profile?.network ?? ''))];
  const text = excerpt(post) || t('noText');
  const state = isAtRisk(post) ? t('atRisk') : t(`state.${post.state}`);
  const label = [time, state, profiles.map(profileName).join(', '), text];
  return (
    <Link
      to="/calendar/posts/$postId"
      params={{ postId: post.id }}
      search
      className={classes.chip}
      style={coloured(post.targets.map((one) => hue(one.profile_id)))}
      data-post={post.id}
      data-as={as}
      data-state={post.state}
      data-moving={moving || undefined}
      title={label.filter(Boolean).join('\n')}
      {...dragged(post.id, isMovable(post) && may('publishing', 'edit'))}
    >
      <span className={classes.head}>
        <StateSign state={post.state} atRisk={isAtRisk(post)} />
        <VisuallyHidden>{state}, </VisuallyHidden>
        {time && <span className={classes.time}>{time}</span>}
        {as === 'card' && (
          <span className={classes.networks}>
            {networks.map((network) => (
              <NetworkBadge key={network} network={network} size={15} />
            ))}
          </span>
        )}
      </span>
      <VisuallyHidden> {profiles.map(profileName).join(', ')}: </VisuallyHidden>
      <span className={classes.text}>{text}</span>
    </Link>
  );
}

/** How the post begins; where every profile has its own words, how the first of these does. */
export function excerpt(post: Post): string {
  const { text } = post.text
    ? post
    : contentOn(
        post,
        post.targets.find((one) => one.text),
      );
  return text.replace(/\s+/gu, ' ').slice(0, 160);
}

/** The first profile as the ground, each of them as a part of the edge. */
export function coloured(hues: readonly number[]): Record<`--${string}`, string | number> {
  const shown = hues.length > 0 ? hues : [0];
  const part = 100 / shown.length;
  const stops = shown.map((hue, place) => {
    const colour = hues.length > 0 ? `hsl(${hue} 52% 46%)` : 'var(--parley-quiet)';
    return `${colour} ${place * part}% ${(place + 1) * part}%`;
  });
  return {
    '--hue': shown[0] ?? 0,
    '--tint': hues.length > 0 ? '45%' : '0%',
    '--stripes': `linear-gradient(${stops.join(', ')})`,
  };
}
