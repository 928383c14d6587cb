import { Button, Checkbox, MultiSelect, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDirectory } from '@/shared/api/directory';
import { profilesQuery, tagsQuery } from '@/shared/conversation/queries';
import { KINDS, type InboxSearch } from '../search';

/** What narrows the list; each is part of the address. */
export function FilterPanel({ search }: { search: InboxSearch }) {
  const { t } = useTranslation(['inbox', 'conversation']);
  const navigate = useNavigate();
  const { teams } = useDirectory();
  const profiles = useQuery(profilesQuery).data ?? [];
  const tags = (useQuery(tagsQuery).data ?? []).filter((tag) => tag.scope === 'conversation');
  const narrow = (more: Partial<InboxSearch>) =>
    void navigate({ to: '/inbox', search: { ...search, ...more } });
  const lists = [
    {
      name: 'profile' as const,
      label: t('filter.profiles'),
      data: profiles.map(({ id, handle }) => ({ value: id, label: `@${handle}` })),
    },
    {
      name: 'tag' as const,
      label: t('filter.tags'),
      data: tags.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      name: 'team' as const,
      label: t('filter.teams'),
      data: teams.map(({ id, name }) => ({ value: id, label: name })),
    },
  ];
  const { profile, kind, tag, team, waiting } = search;
  const narrowed = [profile, kind, tag, team, waiting].some(Boolean);
  return (
    <Stack gap="sm" px={6}>
      <MultiSelect
        size="xs"
        label={t('filter.kinds')}
        data={KINDS.map((value) => ({ value, label: t(`conversation:kind.${value}`) }))}
        value={kind ?? []}
        onChange={(chosen) => narrow({ kind: chosen })}
      />
      {lists.map(({ name, label, data }) => (
        <MultiSelect
          key={name}
          size="xs"
          label={label}
          data={data}
          searchable={data.length > 8}
          value={search[name] ?? []}
          onChange={(chosen) => narrow({ [name]: chosen })}
        />
      ))}
      <Checkbox
        size="xs"
        label={t('filter.waiting')}
        checked={waiting ?? false}
        onChange={(event) => narrow({ waiting: event.currentTarget.checked })}
      />
      {narrowed && (
        <Button
          size="xs"
          variant="subtle"
          onClick={() => narrow({ profile: [], kind: [], tag: [], team: [], waiting: false })}
        >
          {t('filter.clear')}
        </Button>
      )}
    </Stack>
  );
}
