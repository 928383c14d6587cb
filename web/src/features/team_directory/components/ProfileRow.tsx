import { Badge, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Face } from '@/shared/ui/Face';
import { Moment } from '@/shared/ui/Moment';
import { NetworkBadge, networkLabel } from '@/shared/ui/NetworkBadge';
import { COLOURS, conditionOf, type Health, type Profile } from '../profiles';
import { Ledger } from './Ledger';
import classes from '@/shared/ui/Rows.module.css';

interface Props {
  profile: Profile;
  health: Health | undefined;
}

export function ProfileRow({ profile, health }: Props) {
  const { t } = useTranslation('team_directory');
  const { id, network, handle, display_name: name } = profile;
  const condition = conditionOf(profile, health);
  return (
    <li className={classes.row}>
      <Face name={name || handle || networkLabel(network)} seed={id} size={38} shape="square" />
      <div className={classes.main}>
        <Link to="/team/profiles/$profileId" params={{ profileId: id }} className={classes.open}>
          {name || handle || networkLabel(network)}
        </Link>
        <Group gap={6} className={classes.quiet}>
          <NetworkBadge network={network} /> {handle && `@${handle}`}
        </Group>
      </div>
      <div className={classes.numbers}>
        {health && <Ledger health={health} />}
        <div className={classes.quiet}>
          {health?.last_event_at ? (
            <>
              {t('profiles.last')} <Moment at={health.last_event_at} as="ago" />
            </>
          ) : (
            health && t('profiles.silent')
          )}
        </div>
      </div>
      <div className={classes.state}>
        <Badge variant="dot" color={COLOURS[condition]} tt="none" fw={550}>
          {t(`profiles.condition.${condition}`)}
        </Badge>
      </div>
    </li>
  );
}
