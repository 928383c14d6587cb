import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { contentOn, type Draft } from '../draft';
import { useProfiles } from '../queries';
import { Preview } from './Preview';

/** What the post looks like on each profile that it goes to. */
export function Previews({ draft }: { draft: Pick<Draft, 'text' | 'media' | 'targets'> }) {
  const { t } = useTranslation('scheduler');
  const { of } = useProfiles();
  return (
    <Stack component="section" gap="sm" aria-label={t('preview')}>
      <Title order={3} size="h6">
        {t('preview')}
      </Title>
      {draft.targets.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('previewHint')}
        </Text>
      )}
      {draft.targets.map((version) => {
        const profile = of(version.profile_id);
        const content = contentOn(draft, version);
        return profile && <Preview key={version.profile_id} profile={profile} {...content} />;
      })}
    </Stack>
  );
}
