import { Button, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch, IconUserPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { Empty, Failed, Loading } from '@/shared/ui/States';
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
      needs={['directory', 'view']}
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
  const [words, setWords] = useState(search.text ?? '');
  const narrow = (more: PeopleSearch) =>
    void navigate({ to: '/team/people', search: { ...search, ...more }, replace: true });
  const look = useDebouncedCallback((text: string) => narrow({ text }), 250);
  return (
    <Group gap="sm" mb="md">
      <TextInput
        flex="1 1 220px"
        type="search"
        aria-label={t('people.find')}
        placeholder={t('people.find')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          look(event.currentTarget.value);
        }}
      />
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
  const { t } = useTranslation(['team_directory', 'common']);
  const { data, error, refetch, ...pages } = useInfiniteQuery(membersQuery(search));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const people = data.pages.flatMap((page) => page.items);
  if (people.length === 0) return <Empty title={t('people.nobody')} />;
  return (
    <>
      <PeopleList people={people} search={search} />
      {pages.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t('common:more')}
        </Button>
      )}
    </>
  );
}
