import { Button, Group, Stack, Tabs, Text } from '@mantine/core';
import { IconArrowBackUp, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NetworkBadge } from '@/shared/ui/NetworkBadge';
import { contentOn, withContent, type Draft, type Version } from '../draft';
import { profileName, useProfiles, type Remark } from '../queries';
import { MediaField } from './MediaField';
import { TextField } from './TextField';
import classes from './VersionTabs.module.css';

interface Props {
  draft: Draft;
  change: (draft: Draft) => void;
  remarks: readonly Remark[];
}

const COMMON = 'common';

/** The words for all, and for each profile that is to have its own. */
export function VersionTabs({ draft, change, remarks }: Props) {
  const { t } = useTranslation('scheduler');
  const { of } = useProfiles();
  const [wanted, setTab] = useState<string | null>(COMMON);
  const tab = draft.targets.some(({ profile_id }) => profile_id === wanted) ? wanted : COMMON;
  return (
    <Tabs value={tab} onChange={setTab} keepMounted={false}>
      <Tabs.List mb="sm" className={classes.tabs}>
        <Tabs.Tab value={COMMON}>{t('version.common')}</Tabs.Tab>
        {draft.targets.map((version) => (
          <Tabs.Tab
            key={version.profile_id}
            value={version.profile_id}
            leftSection={<NetworkBadge network={of(version.profile_id)?.network ?? ''} size={15} />}
            rightSection={
              isOwn(version) && <IconPencil size={13} aria-label={t('version.own')} role="img" />
            }
          >
            {profileName(of(version.profile_id))}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={COMMON}>
        <CommonVersion draft={draft} change={change} remarks={remarks} />
      </Tabs.Panel>
      {draft.targets.map((version) => (
        <Tabs.Panel key={version.profile_id} value={version.profile_id}>
          <OwnVersion
            draft={draft}
            version={version}
            change={change}
            remarks={remarks.filter(({ profile_id }) => profile_id === version.profile_id)}
          />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function isOwn({ text, media }: Version): boolean {
  return text !== null || media !== null;
}

function CommonVersion({ draft, change, remarks }: Props) {
  const { t } = useTranslation('scheduler');
  const sharing = (part: 'text' | 'media') =>
    draft.targets.filter((one) => one[part] === null).map(({ profile_id }) => profile_id);
  const about = (part: 'text' | 'media') =>
    remarks.filter(
      ({ profile_id, field }) => field.startsWith(part) && sharing(part).includes(profile_id),
    );
  return (
    <Stack gap="md">
      <TextField
        label={t('text')}
        value={draft.text}
        profiles={sharing('text')}
        remarks={about('text')}
        onChange={(text) => change(withContent(draft, undefined, { text }))}
      />
      <MediaField
        media={draft.media}
        profiles={sharing('media')}
        remarks={about('media')}
        onChange={(media) => change(withContent(draft, undefined, { media }))}
      />
    </Stack>
  );
}

function OwnVersion({ draft, version, change, remarks }: Props & { version: Version }) {
  const { t } = useTranslation('scheduler');
  const { of } = useProfiles();
  const { profile_id } = version;
  const { text, media } = contentOn(draft, version);
  const set = (changed: Partial<Pick<Version, 'text' | 'media'>>) =>
    change(withContent(draft, profile_id, changed));
  const own = isOwn(version);
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {t(own ? 'version.ownText' : 'version.commonText')}
        </Text>
        <Button
          size="xs"
          variant="default"
          leftSection={
            own ? <IconArrowBackUp size={15} aria-hidden /> : <IconPencil size={15} aria-hidden />
          }
          onClick={() => set(own ? { text: null, media: null } : { text, media })}
        >
          {t(own ? 'version.giveUp' : 'version.begin')}
        </Button>
      </Group>
      <TextField
        label={t('textOn', { profile: profileName(of(profile_id)) })}
        value={text}
        profiles={[profile_id]}
        remarks={remarks.filter(({ field }) => field === 'text')}
        {...(own ? { onChange: (words: string) => set({ text: words }) } : {})}
      />
      <MediaField
        media={media}
        profiles={[profile_id]}
        remarks={remarks.filter(({ field }) => field.startsWith('media'))}
        {...(own ? { onChange: (pictures: typeof media) => set({ media: pictures }) } : {})}
      />
    </Stack>
  );
}
