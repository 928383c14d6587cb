import { Checkbox, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NetworkBadge } from '@/shared/ui/NetworkBadge';
import { withTarget, type Draft } from '../draft';
import { profileName, useProfiles, type Profile, type Remark } from '../queries';
import { Swatch } from './Filters';
import classes from './ProfilePicker.module.css';
import { Remarks } from './Remarks';

interface Props {
  draft: Draft;
  change: (draft: Draft) => void;
  remarks: readonly Remark[];
}

/** Where the post is to appear. */
export function ProfilePicker({ draft, change, remarks }: Props) {
  const { t } = useTranslation('scheduler');
  const { all, hue } = useProfiles();
  const chosen = draft.targets.map(({ profile_id }) => profile_id);
  return (
    <fieldset className={classes.picker}>
      <legend>{t('where')}</legend>
      {all.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('empty.noProfile')}
        </Text>
      )}
      <Group gap={8}>
        {all.map((profile) => (
          <Checkbox.Card
            key={profile.id}
            className={classes.card}
            checked={chosen.includes(profile.id)}
            disabled={whyNot(profile) !== undefined && !chosen.includes(profile.id)}
            onChange={(checked) => change(withTarget(draft, profile.id, checked))}
            aria-label={profileName(profile)}
          >
            <Checkbox.Indicator size="xs" />
            <Swatch hue={hue(profile.id)} />
            <NetworkBadge network={profile.network} size={17} />
            <span>
              {profileName(profile)}
              {whyNot(profile) && (
                <Text span size="xs" c="dimmed" display="block">
                  {t(`cannot.${whyNot(profile) ?? 'state'}`)}
                </Text>
              )}
            </span>
          </Checkbox.Card>
        ))}
      </Group>
      <Remarks remarks={remarks} named />
    </fieldset>
  );
}

function whyNot({ may_publish, limits }: Profile): 'state' | 'network' | undefined {
  if (!may_publish) return 'state';
  return limits ? undefined : 'network';
}
