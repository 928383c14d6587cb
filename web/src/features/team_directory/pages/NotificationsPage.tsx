import { Alert, Button, Group, Select, Stack, Switch, Text } from '@mantine/core';
import { TimeInput } from '@mantine/dates';
import '@mantine/dates/styles.layer.css';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import { inLanguage } from '@/shared/lib/i18n';
import { notifyDone } from '@/shared/ui/notify';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { Answer } from '@/shared/ui/States';
import { preferenceQuery, type Preference } from '../notificationQueries';
import { bodyOf, valuesOf, type Values } from '../preference';
import classes from './NotificationsPage.module.css';

/** By which way somebody wants to hear of what. */
export function NotificationsPage() {
  const preference = useQuery(preferenceQuery);
  return <Answer to={preference}>{(chosen) => <Form preference={chosen} />}</Answer>;
}

function useSave() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (values: Values) =>
      ask(api.PUT('/api/v1/team/notifications/preferences', { body: bodyOf(values) })),
    onSuccess: () => {
      notifyDone(t('saved'));
      return client.invalidateQueries({ queryKey: preferenceQuery.queryKey });
    },
  });
}

function Form({ preference }: { preference: Preference }) {
  const { t } = useTranslation(['team_directory', 'common']);
  const save = useSave();
  const form = useForm<Values>({ initialValues: valuesOf(preference) });
  const zone = preference.time_zone.replaceAll('_', ' ');
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack gap="lg">
        <Text c="dimmed">
          {preference.email_available
            ? t('notifications.mailTo', { address: preference.email_address })
            : t('notifications.noMail')}
        </Text>
        {save.error && <ProblemNote problem={problemOf(save.error)} />}
        <ul className={classes.kinds}>
          {preference.choices.map(({ kind, title }) => (
            <li key={kind} className={classes.kind}>
              <Text size="sm" className={classes.title} id={`kind-${kind}`}>
                {inLanguage(title)}
              </Text>
              <Switch
                size="sm"
                label={t('notifications.inApp')}
                aria-describedby={`kind-${kind}`}
                {...form.getInputProps(`choices.${kind}.in_app`, { type: 'checkbox' })}
              />
              <Select
                size="xs"
                aria-label={t('notifications.byMail')}
                aria-describedby={`kind-${kind}`}
                allowDeselect={false}
                data={(['at_once', 'digest', 'off'] as const).map((value) => ({
                  value,
                  label: t(`notifications.email.${value}`),
                }))}
                {...form.getInputProps(`choices.${kind}.email`)}
              />
            </li>
          ))}
        </ul>
        <Group align="flex-end" gap="lg">
          <TimeInput label={t('notifications.digestAt')} {...form.getInputProps('digestAt')} />
          <Switch
            label={t('notifications.quiet')}
            mb={8}
            {...form.getInputProps('quiet', { type: 'checkbox' })}
          />
          {form.values.quiet && (
            <>
              <TimeInput
                label={t('notifications.quietFrom')}
                {...form.getInputProps('quietFrom')}
              />
              <TimeInput
                label={t('notifications.quietUntil')}
                {...form.getInputProps('quietUntil')}
              />
            </>
          )}
        </Group>
        <Alert color="gray">{t('notifications.zone', { zone })}</Alert>
        <Button type="submit" loading={save.isPending} className={classes.save}>
          {t('common:save')}
        </Button>
      </Stack>
    </form>
  );
}
