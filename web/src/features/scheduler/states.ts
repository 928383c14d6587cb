import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleHalf2,
  IconCircleX,
  IconClock,
  IconHelpHexagon,
  IconSend,
  type Icon,
} from '@tabler/icons-react';
import type { Post, Publication } from './queries';

export type State = Post['state'] | Publication['state'];

/** Each state has a shape of its own; its colour only repeats what the shape says. */
export const SIGNS: Record<State, { icon: Icon; colour: string }> = {
  draft: { icon: IconCircleDashed, colour: 'gray' },
  scheduled: { icon: IconClock, colour: 'blue' },
  pending: { icon: IconClock, colour: 'blue' },
  publishing: { icon: IconSend, colour: 'blue' },
  sending: { icon: IconSend, colour: 'blue' },
  published: { icon: IconCircleCheck, colour: 'pine' },
  partly_published: { icon: IconCircleHalf2, colour: 'clay' },
  failed: { icon: IconCircleX, colour: 'red' },
  unknown: { icon: IconHelpHexagon, colour: 'yellow' },
  cancelled: { icon: IconBan, colour: 'gray' },
};

export const AT_RISK = { icon: IconAlertTriangle, colour: 'clay' };

export function isAtRisk(post: Post): boolean {
  return post.targets.some(({ at_risk, state }) => at_risk && state === 'pending');
}

/** What may be moved to another time: nothing of it has left. */
export function isMovable(post: Post): boolean {
  return (post.state === 'scheduled' || post.state === 'draft') && post.targets.length > 0;
}
