import { Box, Button, Group, Select } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { More } from '@/shared/ui/More';
import { SearchField } from '@/shared/ui/SearchField';
import { Answer, Empty } from '@/shared/ui/States';
import { PeopleList } from '../components/PeopleList';
import { Section } from '../components/Section';
import { membersQuery, type PeopleSearch } from '../queries';
import { useNames } from '../useNames';

export function PeoplePage() {
  const { t } = useTranslation('team_directory');
  const { may } = useSession();
  const search = useSearch({ from: '/desk/team/people' });
  return (
    <Section
      title={t('people.title')}
      text={t('people.text')}
      part="people"
      action={
        may('directory', 'administer') && (
          <Button
            component={Link}
            to="/team/invitations/new"
            leftSection={<IconUserPlus size={17} aria-hidden />}
          >
            {t('people.invite')}
          </Button>
        )
      }
    >
      <Filters search={search} />
      <Found search={search} />
      <Outlet />
    </Section>
  );
}

function Filters({ search }: { search: PeopleSearch }) {
  const { t } = useTranslation('team_directory');
  const navigate = useNavigate();
  const { choices } = useNames();
  const narrow = (more: PeopleSearch) =>
    void navigate({ to: '/team/people', search: { ...search, ...more }, replace: true });
  return (
    <Group gap="sm" mb="md">
      <Box flex="1 1 220px">
        <SearchField
          id="people-search"
          label={t('people.find')}
          placeholder={t('people.find')}
          clear={t('people.clear')}
          given={search.text ?? ''}
          find={(text) => narrow({ text })}
        />
      </Box>
      {(['role', 'team'] as const).map((name) => (
        <Select
          key={name}
          flex="1 1 150px"
          maw={230}
          clearable
          searchable
          aria-label={t(`people.any.${name}`)}
          placeholder={t(`people.any.${name}`)}
          data={name === 'role' ? choices.roles : choices.teams}
          value={search[name] ?? null}
          onChange={(chosen) => narrow({ [name]: chosen ?? undefined })}
        />
      ))}
    </Group>
  );
}

function Found({ search }: { search: PeopleSearch }) {
  const { t } = useTranslation('team_directory');
  const found = useInfiniteQuery(membersQuery(search));
  return (
    <Answer to={found}>
      {({ pages }) => {
        const people = pages.flatMap((page) => page.items);
        if (people.length === 0) return <Empty title={t('people.nobody')} />;
        return (
          <>
            <PeopleList people={people} search={search} />
            <More of={found} />
          </>
        );
      }}
    </Answer>
  );
}
