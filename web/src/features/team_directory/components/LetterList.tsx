import { Button, Group, Text, Title } from '@mantine/core';
import { IconRepeat } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/shared/api/problem';
import { Confirm } from '@/shared/ui/Confirm';
import { Moment } from '@/shared/ui/Moment';
import { notifyDone } from '@/shared/ui/notify';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { replayEach } from '../letters';
import classes from '@/shared/ui/Rows.module.css';

export interface Item {
  id: string;
  title: string;
  about: ReactNode;
  why: string;
  at: string;
  replay: () => Promise<unknown>;
  discard: () => Promise<unknown>;
}

/** Things that could not be handled, each alone or all at once. */
export function LetterList({ title, items }: { title: string; items: readonly Item[] }) {
  const { t } = useTranslation('team_directory');
  const client = useQueryClient();
  const all = useMutation({
    mutationFn: () => replayEach(items, (item) => item.replay()),
    onSuccess: async (tally) => {
      await client.invalidateQueries({ queryKey: ['team', 'letters'] });
      notifyDone(t('letters.tally', { done: tally.done, refused: tally.refused }));
    },
  });
  return (
    <section aria-label={title}>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRepeat size={15} aria-hidden />}
          loading={all.isPending}
          onClick={() => all.mutate()}
        >
          {t('letters.replayAll', { count: items.length })}
        </Button>
      </Group>
      <ul className={classes.rows}>
        {items.map((item) => (
          <LetterRow key={item.id} item={item} />
        ))}
      </ul>
    </section>
  );
}

function LetterRow({ item }: { item: Item }) {
  const { t } = useTranslation('team_directory');
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const refresh = () => client.invalidateQueries({ queryKey: ['team', 'letters'] });
  const again = useMutation({
    mutationFn: item.replay,
    onSuccess: async () => {
      notifyDone(t('letters.replayed'));
      await refresh();
    },
  });
  const discard = async () => {
    await item.discard();
    await refresh();
  };
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <b>{item.title}</b>
        <Text size="sm">{item.why}</Text>
        <div className={classes.quiet}>
          {item.about} · <Moment at={item.at} as="full" />
        </div>
        {again.error && <ProblemNote problem={problemOf(again.error)} />}
      </div>
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          loading={again.isPending}
          onClick={() => again.mutate()}
        >
          {t('letters.replay')}
        </Button>
        <Button size="xs" variant="subtle" color="red" onClick={() => setAsking(true)}>
          {t('letters.discard')}
        </Button>
      </Group>
      {asking && (
        <Confirm
          title={t('letters.certain')}
          action={t('letters.discard')}
          run={discard}
          close={() => setAsking(false)}
        >
          {t('letters.certainText')}
        </Confirm>
      )}
    </li>
  );
}
