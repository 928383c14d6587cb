import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import type { components } from '@/shared/api/schema';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { CodeField } from './CodeField';
import classes from './Enrolment.module.css';

interface Props {
  enrolment: components['schemas']['EnrolmentView'];
  done: (codes: string[]) => Promise<void>;
}

export function Enrolment({ enrolment, done }: Props) {
  const { t } = useTranslation('team_directory');
  const form = useForm({ initialValues: { code: '' } });
  const confirm = useMutation({
    mutationFn: (body: typeof form.values) =>
      ask(api.POST('/api/v1/team/account/second-factor/confirm', { body })),
    onSuccess: ({ codes }) => done(codes),
  });
  // As a picture, so that nothing in it can be more than one.
  const picture = `data:image/svg+xml;utf8,${encodeURIComponent(enrolment.qr_svg)}`;
  return (
    <form onSubmit={form.onSubmit((values) => confirm.mutate(values))}>
      <Group align="flex-start" gap="xl">
        <img className={classes.code} src={picture} alt={t('security.scan')} />
        <Stack gap="xs" maw={300}>
          <Text>{t('security.scan')}</Text>
          <Text size="sm" c="dimmed">
            {t('security.bySecret')}
          </Text>
          <Code>{enrolment.secret}</Code>
          {confirm.error && <ProblemNote problem={problemOf(confirm.error)} />}
          <CodeField inputMode="numeric" {...form.getInputProps('code')} />
          <Button type="submit" loading={confirm.isPending}>
            {t('security.confirm')}
          </Button>
        </Stack>
      </Group>
    </form>
  );
}
