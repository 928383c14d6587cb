import { Collapse, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight, IconKey, IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDirectory } from '@/shared/api/directory';
import { differences } from '@/shared/lib/draft';
import { Changes } from '@/shared/ui/Changes';
import { Face } from '@/shared/ui/Face';
import { Moment } from '@/shared/ui/Moment';
import { objectName, pictureLines, type Entry } from '../audit';
import { deviceName } from '../deviceName';
import { sayOr } from '../sayOr';
import { useSayings } from '../useSayings';
import classes from '@/shared/ui/Rows.module.css';

/** One thing that was done; opened, it shows what was before and after. */
export function AuditRow({ entry }: { entry: Entry }) {
  const { t } = useTranslation('team_directory');
  const [open, { toggle }] = useDisclosure(false);
  const say = useSayings();
  const { nameOf } = useDirectory();
  const changes = differences(pictureLines(entry.before, say), pictureLines(entry.after, say));
  const own = entry.object_id === entry.actor_id;
  const name = own ? undefined : objectName(entry, nameOf);
  const action = `audit.action.${entry.action.replaceAll('.', '_')}`;
  const deed = sayOr(action, entry.action);
  const Sign = open ? IconChevronDown : IconChevronRight;
  return (
    <li className={`${classes.row} ${classes.top}`}>
      <Actor entry={entry} />
      <div className={classes.main}>
        <Text size="sm">
          <b>{entry.actor_name ?? t(`audit.actor.${actorOf(entry)}`)}</b>{' '}
          {own ? sayOr(`${action}_self`, deed) : deed}
          {name && <b> {name}</b>}
        </Text>
        <div className={classes.quiet}>
          <Moment at={entry.at} as="full" />
          {entry.ip && ` · ${entry.ip}`}
          {entry.user_agent && ` · ${deviceName(entry.user_agent)}`}
        </div>
        <Collapse expanded={open}>
          <div className={classes.inside}>
            <Changes changes={changes} />
          </div>
        </Collapse>
      </div>
      {changes.length > 0 && (
        <UnstyledButton onClick={toggle} aria-expanded={open} className={classes.quiet}>
          <Sign size={14} aria-hidden style={{ verticalAlign: -2 }} />{' '}
          {t('audit.changes', { count: changes.length })}
        </UnstyledButton>
      )}
    </li>
  );
}

function actorOf({ actor_kind: kind }: Entry) {
  return (['person', 'api_key', 'service'] as const).find((each) => each === kind) ?? 'service';
}

function Actor({ entry }: { entry: Entry }) {
  if (entry.actor_kind === 'person' && entry.actor_id) {
    return <Face name={entry.actor_name ?? '?'} seed={entry.actor_id} size={32} />;
  }
  const Sign = entry.actor_kind === 'api_key' ? IconKey : IconSettings;
  return <Sign size={20} aria-hidden style={{ margin: 6 }} color="var(--parley-quiet)" />;
}
