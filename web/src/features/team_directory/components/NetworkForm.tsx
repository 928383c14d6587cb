import { Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/shared/api/problem';
import type { components } from '@/shared/api/schema';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import type { Network } from '../profiles';
import { sayOr } from '../sayOr';

export type Answers = Record<string, string>;
type Field = components['schemas']['FieldView'];

interface Props {
  network: Network;
  send: (answers: Answers) => Promise<components['schemas']['BegunView']>;
  done: (profileId: string) => Promise<void>;
  children?: ReactNode;
}

/** What a network asks for; where it asks on a page of its own, the browser goes there. */
export function NetworkForm({ network, send, done, children }: Props) {
  const { t } = useTranslation('team_directory');
  const empty = Object.fromEntries(network.fields.map(({ name }) => [name, '']));
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const form = useForm<Answers>({ initialValues: empty });
  const go = useMutation({
    mutationFn: (answers: Answers) => send(filled(answers)),
    onSuccess: async ({ authorize_url: page, profile_id: id }) => {
      if (page) window.location.assign(page);
      else await done(id);
    },
  });
  return (
    <form onSubmit={form.onSubmit((answers) => go.mutate(answers))} autoComplete="off">
      <Stack>
        {network.fields.map((field, place) => {
          const Input = field.secret ? PasswordInput : TextInput;
          return (
            <Input
              key={field.name}
              label={wordOf(network, field, 'label')}
              description={wordOf(network, field, 'help')}
              required={field.required}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              {...(place === 0 && { ref: first })}
              {...form.getInputProps(field.name)}
            />
          );
        })}
        {go.error && <ProblemNote problem={problemOf(go.error)} account={network.label} />}
        <Group justify="flex-end">
          {children}
          <Button type="submit" loading={go.isPending || go.isSuccess}>
            {t('profiles.go')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function filled(answers: Answers): Answers {
  const given = Object.entries(answers).map(([name, value]) => [name, value.trim()] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== ''));
}

/** In the reader's language where we have the words, else as the network's connector says it. */
function wordOf({ network }: Network, field: Field, what: 'label' | 'help'): string {
  return sayOr(`network.field.${network}.${field.name}.${what}`, field[what]);
}
