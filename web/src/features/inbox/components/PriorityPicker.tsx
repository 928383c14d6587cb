import { IconFlag } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LEVELS, priorityName } from '@/shared/conversation/priority';
import { PRIORITIES } from '@/shared/lib/priorities';
import { Picker } from '@/shared/ui/Picker';
import { PrioritySign } from '@/shared/ui/PrioritySign';
import { prioritise, type Change } from '../changes';

interface Props {
  /** The level now; nothing for several conversations at once. */
  level?: number;
  change: (change: Change) => void;
  keys?: string;
}

export function PriorityPicker({ level, change, keys }: Props) {
  const { t } = useTranslation(['inbox', 'common']);
  const now = level === undefined ? undefined : priorityName(level);
  const choices = PRIORITIES.map((name) => ({
    value: String(LEVELS[name]),
    label: t(`common:priority.${name}`),
    icon: <PrioritySign priority={name} />,
    chosen: now === name,
  }));
  const raised = now && now !== 'normal';
  return (
    <Picker
      label={raised ? t(`common:priority.${now}`) : t('do.prioritise')}
      icon={raised ? <PrioritySign priority={now} /> : <IconFlag size={16} aria-hidden />}
      groups={[{ choices }]}
      pick={(value) => change(prioritise(Number(value)))}
      command={keys ? { label: t('keys.priority'), section: t('keys.section'), keys } : undefined}
    />
  );
}
