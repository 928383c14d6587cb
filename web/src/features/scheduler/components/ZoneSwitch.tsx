import { Button, Menu, Text } from '@mantine/core';
import { IconCheck, IconWorld } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Calendar } from '../useCalendar';

const KINDS = ['mine', 'workspace'] as const;

export function zoneLabel(zone: string): string {
  return zone.replaceAll('_', ' ');
}

/** Whose clock the calendar shows, always said; switched where there are two. */
export function ZoneSwitch({ calendar }: { calendar: Calendar }) {
  const { t } = useTranslation('scheduler');
  const { zones, zoneOf, zone, go } = calendar;
  if (zones.mine === zones.workspace) {
    return (
      <Text size="xs" c="dimmed" aria-label={t('zone.label')}>
        {zoneLabel(zone)}
      </Text>
    );
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconWorld size={15} aria-hidden />}
          aria-label={`${t('zone.label')}: ${zoneLabel(zone)}`}
        >
          {zoneLabel(zone)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {KINDS.map((kind) => (
          <Menu.Item
            key={kind}
            aria-current={kind === zoneOf}
            rightSection={kind === zoneOf ? <IconCheck size={15} aria-hidden /> : undefined}
            onClick={() => go({ zone: kind === 'workspace' ? kind : undefined })}
          >
            {t(`zone.${kind}`)}
            <Text size="xs" c="dimmed">
              {zoneLabel(zones[kind])}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
