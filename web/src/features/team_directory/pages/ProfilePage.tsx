import { Button, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { saveOwnProfile } from '@/shared/api/account';
import { problemOf } from '@/shared/api/problem';
import { sessionQuery, useSession } from '@/shared/api/session';
import { LANGUAGES, languageOf, speak } from '@/shared/lib/i18n';
import { notifyDone } from '@/shared/ui/notify';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { ZoneSelect } from '@/shared/ui/ZoneSelect';

export function ProfilePage() {
  const { t } = useTranslation(['team_directory', 'common']);
  const client = useQueryClient();
  const { who, id } = useSession();
  const form = useForm({
    initialValues: {
      name: who.person?.name ?? '',
      locale: languageOf(who.person?.locale ?? 'en'),
      time_zone: who.person?.time_zone ?? 'UTC',
    },
  });
  const save = useMutation({
    mutationFn: (values: typeof form.values) => saveOwnProfile(id, values),
    onSuccess: async (_saved, values) => {
      await speak(values.locale);
      await client.invalidateQueries({ queryKey: sessionQuery.queryKey });
      notifyDone(t('common:saved'));
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack maw={420}>
        {save.error && <ProblemNote problem={problemOf(save.error)} />}
        <TextInput label={t('profile.name')} required {...form.getInputProps('name')} />
        <TextInput
          label={t('profile.email')}
          description={t('profile.emailHint')}
          value={who.person?.email ?? ''}
          readOnly
        />
        <Select
          label={t('profile.language')}
          allowDeselect={false}
          data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
          {...form.getInputProps('locale')}
        />
        <ZoneSelect
          label={t('profile.zone')}
          description={t('profile.zoneHint')}
          {...form.getInputProps('time_zone')}
        />
        <Button type="submit" loading={save.isPending} style={{ alignSelf: 'flex-start' }}>
          {t('common:save')}
        </Button>
      </Stack>
    </form>
  );
}
