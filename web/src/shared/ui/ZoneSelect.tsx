import { Select, type SelectProps } from '@mantine/core';
import { timeZones } from '@/shared/lib/time';

const ZONES = timeZones().map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));

export function ZoneSelect(props: Omit<SelectProps, 'data'>) {
  return <Select data={ZONES} searchable allowDeselect={false} limit={80} {...props} />;
}
