import { Anchor, Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { Entrance } from '../components/Entrance';

/** Asks for a link by mail. It says the same whether there is such an account or not. */
export function ForgottenPage() {
  const { t } = useTranslation('team_directory');
  const form = useForm({ initialValues: { email: '' } });
  const request = useMutation({
    mutationFn: (body: typeof form.values) => ask(api.POST('/api/v1/password-resets', { body })),
  });
  const sent = request.isSuccess;
  return (
    <Entrance
      title={sent ? t('forgotten.sentTitle') : t('forgotten.title')}
      text={sent ? t('forgotten.sent', request.variables) : t('forgotten.text')}
    >
      {!sent && (
        <form onSubmit={form.onSubmit((values) => request.mutate(values))}>
          <Stack gap="sm">
            {request.error && <ProblemNote problem={problemOf(request.error)} />}
            <TextInput
              label={t('entrance.email')}
              type="email"
              autoComplete="username"
              required
              data-autofocus
              {...form.getInputProps('email')}
            />
            <Button type="submit" fullWidth mt="md" loading={request.isPending}>
              {t('forgotten.send')}
            </Button>
          </Stack>
        </form>
      )}
      <Anchor component={Link} to="/login" size="sm">
        {t('forgotten.back')}
      </Anchor>
    </Entrance>
  );
}
