import { Button, MultiSelect, Select, Stack, TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDirectory } from '@/shared/api/directory';
import { useSession } from '@/shared/api/session';
import { profilesQuery } from '@/shared/conversation/queries';
import { PRIORITIES } from '@/shared/lib/priorities';
import type { TicketSearch } from '../search';

/** What narrows and orders the list; each is part of the address. */
export function FilterPanel({ search }: { search: TicketSearch }) {
  const { t } = useTranslation(['ticketing', 'common']);
  const navigate = useNavigate();
  const { teams } = useDirectory();
  const { may } = useSession();
  const profiles = useQuery({ ...profilesQuery, enabled: may('inbox', 'view') }).data ?? [];
  const narrow = (more: Partial<TicketSearch>) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, ...more }) });
  const { priority, profile, team, tag, sort } = search;
  const narrowed = [priority, profile, team, tag].some(Boolean);
  return (
    <Stack gap="sm" px={6}>
      <Select
        size="xs"
        label={t('filter.order')}
        allowDeselect={false}
        data={[
          { value: 'newest', label: t('filter.newest') },
          { value: 'due', label: t('filter.due') },
        ]}
        value={sort ?? 'newest'}
        onChange={(order) => narrow({ sort: order === 'due' ? 'due' : undefined })}
      />
      <MultiSelect
        size="xs"
        label={t('filter.priority')}
        data={PRIORITIES.map((value) => ({ value, label: t(`common:priority.${value}`) }))}
        value={priority ?? []}
        onChange={(chosen) => narrow({ priority: chosen })}
      />
      <MultiSelect
        size="xs"
        label={t('filter.profiles')}
        data={profiles.map(({ id, handle }) => ({ value: id, label: `@${handle}` }))}
        value={profile ?? []}
        onChange={(chosen) => narrow({ profile: chosen })}
      />
      <MultiSelect
        size="xs"
        label={t('filter.teams')}
        data={teams.map(({ id, name }) => ({ value: id, label: name }))}
        value={team ?? []}
        onChange={(chosen) => narrow({ team: chosen })}
      />
      <TagsInput
        size="xs"
        label={t('filter.tags')}
        value={tag ?? []}
        onChange={(chosen) => narrow({ tag: chosen.map((word) => word.toLowerCase()) })}
      />
      {narrowed && (
        <Button
          size="xs"
          variant="subtle"
          onClick={() => narrow({ priority: [], profile: [], team: [], tag: [] })}
        >
          {t('filter.clear')}
        </Button>
      )}
    </Stack>
  );
}
