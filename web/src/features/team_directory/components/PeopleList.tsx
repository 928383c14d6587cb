import { Badge, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Colleague } from '@/shared/api/directory';
import { useSession } from '@/shared/api/session';
import { Face } from '@/shared/ui/Face';
import type { PeopleSearch } from '../queries';
import { useNames } from '../useNames';
import classes from '@/shared/ui/Rows.module.css';

/** Everybody who was found, with what they are here; each row opens the person. */
interface Props {
  people: readonly Colleague[];
  search: PeopleSearch;
}

export function PeopleList({ people, search }: Props) {
  const { t } = useTranslation('team_directory');
  const { id: own } = useSession();
  const { namesOf } = useNames();
  return (
    <ul className={classes.rows}>
      {people.map(({ id, name, email, role_ids, team_ids }) => (
        <li key={id} className={classes.row}>
          <Face name={name} seed={id} size={38} />
          <div className={classes.main}>
            <Link
              to="/team/people/$memberId"
              params={{ memberId: id }}
              search={search}
              className={classes.open}
            >
              {name}
            </Link>
            {id === own && (
              <Text component="span" size="sm" c="dimmed">
                {t('people.you')}
              </Text>
            )}
            <div className={classes.quiet}>{email}</div>
          </div>
          <Group gap={6} className={classes.aside}>
            {namesOf('roles', role_ids).map((role) => (
              <Badge key={role} variant="light" tt="none" fw={550}>
                {role}
              </Badge>
            ))}
            {namesOf('teams', team_ids).map((team) => (
              <Badge key={team} variant="default" tt="none" fw={500}>
                {team}
              </Badge>
            ))}
          </Group>
        </li>
      ))}
    </ul>
  );
}
