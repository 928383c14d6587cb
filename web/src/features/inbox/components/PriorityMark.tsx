import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { priorityName } from '@/shared/conversation/priority';
import { PrioritySign } from '@/shared/ui/PrioritySign';

/** What is more urgent than usual, in a row. */
export function PriorityMark({ level }: { level: number }) {
  const { t } = useTranslation();
  const name = priorityName(level);
  if (name === 'normal' || name === 'low') return null;
  return (
    <Group component="span" gap={3} wrap="nowrap" fw={600}>
      <PrioritySign priority={name} />
      {t(`priority.${name}`)}
    </Group>
  );
}
