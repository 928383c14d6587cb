import { Button, Group } from '@mantine/core';
import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { teamsQuery, type Team } from '@/shared/api/directory';
import { useSession } from '@/shared/api/session';
import { Face } from '@/shared/ui/Face';
import { Answer, Empty } from '@/shared/ui/States';
import classes from '@/shared/ui/Rows.module.css';
import { Section } from '../components/Section';
import { useNames } from '../useNames';

export function TeamsPage() {
  const { t } = useTranslation('team_directory');
  const { may } = useSession();
  return (
    <Section
      title={t('teams.title')}
      text={t('teams.text')}
      part="teams"
      action={
        may('directory', 'edit') && (
          <Button
            component={Link}
            to="/team/teams/new"
            leftSection={<IconPlus size={17} aria-hidden />}
          >
            {t('teams.make')}
          </Button>
        )
      }
    >
      <All />
      <Outlet />
    </Section>
  );
}

function All() {
  const { t } = useTranslation('team_directory');
  const found = useQuery(teamsQuery);
  return (
    <Answer to={found}>
      {(teams) =>
        teams.length === 0 ? (
          <Empty icon={IconUsersGroup} title={t('teams.empty')}>
            {t('teams.emptyText')}
          </Empty>
        ) : (
          <ul className={classes.rows}>
            {teams.map((team) => (
              <TeamRow key={team.id} team={team} />
            ))}
          </ul>
        )
      }
    </Answer>
  );
}

const FACES = 8;

function TeamRow({ team }: { team: Team }) {
  const { t } = useTranslation('team_directory');
  const { personName } = useNames();
  const { id, name, lead_id: lead, member_ids: members } = team;
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <Link to="/team/teams/$teamId" params={{ teamId: id }} className={classes.open}>
          {name}
        </Link>
        <div className={classes.quiet}>
          {t('teams.size', { count: members.length })}
          {lead && ` · ${t('teams.ledBy', { name: personName(lead) })}`}
        </div>
      </div>
      <Group gap={4} className={classes.aside}>
        {members.slice(0, FACES).map((member) => (
          <span key={member} title={personName(member)}>
            <Face name={personName(member)} seed={member} size={28} />
          </span>
        ))}
        {members.length > FACES && <span className={classes.quiet}>+{members.length - FACES}</span>}
      </Group>
    </li>
  );
}
