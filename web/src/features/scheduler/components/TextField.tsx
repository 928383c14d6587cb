import { Group, Stack, Text, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/lib/i18n';
import { NetworkBadge } from '@/shared/ui/NetworkBadge';
import { tightest } from '../counting';
import { profileName, useProfiles, type Remark } from '../queries';
import { Remarks } from './Remarks';

interface Props {
  label: string;
  value: string;
  /** The profiles on which exactly this text is to stand. */
  profiles: readonly string[];
  remarks: readonly Remark[];
  /** Absent where it is written elsewhere. */
  onChange?: (text: string) => void;
}

export function TextField({ label, value, profiles, remarks, onChange }: Props) {
  return (
    <Stack gap={6}>
      <Textarea
        label={label}
        value={value}
        autosize
        minRows={5}
        maxRows={14}
        readOnly={!onChange}
        variant={onChange ? 'default' : 'filled'}
        onChange={(event) => onChange?.(event.currentTarget.value)}
      />
      <Counters text={value} profiles={profiles} />
      <Remarks remarks={remarks} named={profiles.length > 1} />
    </Stack>
  );
}

/** How long the text is for each network, as each counts. */
function Counters({ text, profiles }: { text: string; profiles: readonly string[] }) {
  const { t } = useTranslation('scheduler');
  const { of } = useProfiles();
  const number = new Intl.NumberFormat(currentLanguage());
  return (
    <Group gap="md">
      {profiles.map((id) => {
        const profile = of(id);
        const counted = tightest(profile?.limits?.text ?? [], text);
        if (!profile || !counted) return null;
        const { length, maximum, left, unit } = counted;
        return (
          <Text
            key={id}
            size="xs"
            fw={left < 0 ? 700 : 400}
            c={left < 0 ? 'var(--mantine-color-red-text)' : 'dimmed'}
            title={t(`unit.${unit}`)}
          >
            <Group component="span" gap={5}>
              <NetworkBadge network={profile.network} size={13} />
              {profiles.length > 1 && profileName(profile)}
              <span>
                {number.format(length)} / {number.format(maximum)}
              </span>
              {left < 0 && <span>({t('tooMuch', { count: -left })})</span>}
            </Group>
          </Text>
        );
      })}
    </Group>
  );
}
