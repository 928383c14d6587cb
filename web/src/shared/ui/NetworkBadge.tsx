import {
  IconBrandBluesky,
  IconBrandFacebook,
  IconBrandInstagram,
  IconBrandLinkedin,
  IconBrandMastodon,
  IconBrandThreads,
  IconBrandTiktok,
  IconBrandX,
  IconBrandYoutube,
  IconFlask,
  IconWorld,
  type Icon,
} from '@tabler/icons-react';
import classes from './NetworkBadge.module.css';

const LOOKS: Record<string, { icon: Icon; label: string; colour: string }> = {
  bluesky: { icon: IconBrandBluesky, label: 'Bluesky', colour: '#1083fe' },
  facebook: { icon: IconBrandFacebook, label: 'Facebook', colour: '#0866ff' },
  instagram: { icon: IconBrandInstagram, label: 'Instagram', colour: '#c13584' },
  linkedin: { icon: IconBrandLinkedin, label: 'LinkedIn', colour: '#0a66c2' },
  mastodon: { icon: IconBrandMastodon, label: 'Mastodon', colour: '#5f4bdb' },
  sandbox: { icon: IconFlask, label: 'Sandbox', colour: '#8a5a1f' },
  threads: { icon: IconBrandThreads, label: 'Threads', colour: '#333333' },
  tiktok: { icon: IconBrandTiktok, label: 'TikTok', colour: '#111111' },
  x: { icon: IconBrandX, label: 'X', colour: '#111111' },
  youtube: { icon: IconBrandYoutube, label: 'YouTube', colour: '#c4302b' },
};

export function networkLabel(network: string): string {
  return LOOKS[network]?.label ?? network;
}

/** The sign of a network; nothing but its looks depends on its name. */
export function NetworkBadge({ network, size = 16 }: { network: string; size?: number }) {
  const {
    icon: Sign,
    label,
    colour,
  } = LOOKS[network] ?? {
    icon: IconWorld,
    label: network,
    colour: '#56514a',
  };
  return (
    <span
      className={classes.badge}
      role="img"
      aria-label={label}
      title={label}
      style={{ '--colour': colour, width: size, height: size }}
    >
      <Sign size={size * 0.72} stroke={2.2} aria-hidden />
    </span>
  );
}
