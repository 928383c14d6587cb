import { Button, MultiSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDirectory } from '@/shared/api/directory';
import { FilterButton } from '@/shared/ui/FilterButton';
import { measuredProfilesQuery } from '../queries';
import { KINDS } from '../search';
import { useNames } from '../useNames';
import type { Report } from '../useReport';

/** Of whom and of what the numbers are. */
export function Filters({ report }: { report: Report }) {
  const { t } = useTranslation('analytics');
  const { search, go } = report;
  const { profile = [], kind = [], person = [], team = [] } = search;
  const count = profile.length + kind.length + person.length + team.length;
  const clear = () =>
    go({ profile: undefined, kind: undefined, person: undefined, team: undefined });
  return (
    <FilterButton
      title={t('filter.open')}
      label={count > 0 ? t('filter.some', { count }) : t('filter.open')}
      narrowed={count > 0}
      width={320}
    >
      <Choices report={report} />
      {count > 0 && (
        <Button variant="subtle" size="xs" onClick={clear}>
          {t('filter.clear')}
        </Button>
      )}
    </FilterButton>
  );
}

function Choices({ report }: { report: Report }) {
  const { t } = useTranslation('analytics');
  const { search, go } = report;
  const { people, teams } = useDirectory();
  const profiles = useQuery(measuredProfilesQuery).data ?? [];
  const nameOf = useNames();
  const common = {
    size: 'xs',
    searchable: true,
    clearable: true,
    placeholder: t('filter.any'),
    comboboxProps: { withinPortal: false },
  } as const;
  return (
    <>
      <MultiSelect
        {...common}
        label={t('filter.profiles')}
        data={profiles.map(({ id }) => ({ value: id, label: nameOf('profile', id) }))}
        value={search.profile ?? []}
        onChange={(chosen) => go({ profile: some(chosen) })}
      />
      <MultiSelect
        {...common}
        label={t('filter.kinds')}
        data={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        value={search.kind ?? []}
        onChange={(chosen) => go({ kind: some(chosen) })}
      />
      {people.length > 0 && (
        <MultiSelect
          {...common}
          label={t('filter.people')}
          data={people.map(({ id, name }) => ({ value: id, label: name }))}
          value={search.person ?? []}
          onChange={(chosen) => go({ person: some(chosen) })}
        />
      )}
      {teams.length > 0 && (
        <MultiSelect
          {...common}
          label={t('filter.teams')}
          data={teams.map(({ id, name }) => ({ value: id, label: name }))}
          value={search.team ?? []}
          onChange={(chosen) => go({ team: some(chosen) })}
        />
      )}
    </>
  );
}

function some<T>(chosen: T[]): T[] | undefined {
  return chosen.length > 0 ? chosen : undefined;
}
