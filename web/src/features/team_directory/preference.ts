/** How somebody wants to be told, as the form holds it. */

import type { components } from '@/shared/api/schema';
import type { Preference } from './notificationQueries';

type Body = components['schemas']['PreferenceBody'];
type Choices = NonNullable<Body['choices']>;

export interface Values {
  choices: Choices;
  digestAt: string;
  quiet: boolean;
  quietFrom: string;
  quietUntil: string;
}

const NIGHT = { from: '20:00', until: '07:00' };
const SHOWN = 'HH:MM'.length;

export function valuesOf(preference: Preference): Values {
  const { choices, digest_at, quiet_from, quiet_until } = preference;
  const chosen = choices.map(({ kind, in_app, email }) => [kind, { in_app, email }] as const);
  return {
    choices: Object.fromEntries(chosen),
    digestAt: digest_at.slice(0, SHOWN),
    quiet: quiet_from !== null,
    quietFrom: (quiet_from ?? NIGHT.from).slice(0, SHOWN),
    quietUntil: (quiet_until ?? NIGHT.until).slice(0, SHOWN),
  };
}

export function bodyOf({ choices, digestAt, quiet, quietFrom, quietUntil }: Values): Body {
  return {
    choices,
    digest_at: digestAt,
    quiet_from: quiet ? quietFrom : null,
    quiet_until: quiet ? quietUntil : null,
  };
}
