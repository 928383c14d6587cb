import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FilterButton } from '@/shared/ui/FilterButton';
import { NetworkBadge } from '@/shared/ui/NetworkBadge';
import { profileName, useProfiles } from '../queries';
import { POST_STATES } from '../search';
import type { Calendar } from '../useCalendar';
import { StateSign } from './StateSign';

/** What is shown: some profiles, some states. It is also the key to the colours and shapes. */
export function Filters({ calendar }: { calendar: Calendar }) {
  const { t } = useTranslation('scheduler');
  const { profile = [], state = [] } = calendar.search;
  const { all, hue } = useProfiles();
  const count = profile.length + state.length;
  return (
    <FilterButton
      title={t('filter.open')}
      label={count > 0 ? t('filter.some', { count }) : t('filter.open')}
      narrowed={count > 0}
      width={300}
    >
      <Checkbox.Group
        label={t('filter.profiles')}
        value={profile}
        onChange={(chosen) => calendar.go({ profile: some(chosen) })}
      >
        <Stack gap={6} mt={6}>
          {all.map((each) => (
            <Checkbox
              key={each.id}
              value={each.id}
              size="xs"
              label={
                <Group gap={6} wrap="nowrap">
                  <Swatch hue={hue(each.id)} />
                  <NetworkBadge network={each.network} size={15} />
                  {profileName(each)}
                </Group>
              }
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <Checkbox.Group
        label={t('filter.states')}
        value={state}
        onChange={(chosen) => calendar.go({ state: some(chosen) })}
      >
        <Stack gap={6} mt={6}>
          {POST_STATES.map((each) => (
            <Checkbox
              key={each}
              value={each}
              size="xs"
              label={
                <Group gap={6} wrap="nowrap">
                  <StateSign state={each} />
                  {t(`state.${each}`)}
                </Group>
              }
            />
          ))}
        </Stack>
      </Checkbox.Group>
      {count > 0 ? (
        <Button
          variant="subtle"
          size="xs"
          onClick={() => calendar.go({ profile: undefined, state: undefined })}
        >
          {t('filter.clear')}
        </Button>
      ) : (
        <Text size="xs" c="dimmed">
          {t('filter.all')}
        </Text>
      )}
    </FilterButton>
  );
}

export function Swatch({ hue }: { hue: number }) {
  return (
    <span
      aria-hidden
      style={{
        width: 10,
        height: 10,
        borderRadius: 3,
        flex: 'none',
        background: `hsl(${hue} 52% 46%)`,
      }}
    />
  );
}

function some<T>(chosen: T[]): T[] | undefined {
  return chosen.length > 0 ? chosen : undefined;
}
