import { IconTag } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { Picker } from '@/shared/ui/Picker';
import { retag, type Change } from '../changes';
import { tagsQuery } from '@/shared/conversation/queries';
import classes from './Tags.module.css';

interface Props {
  chosen: readonly string[];
  change: (change: Change) => void;
  keys?: string;
}

const COLOURS = ['#1c7d61', '#bd5f22', '#7a5af8', '#0e7490', '#b4326e', '#a16207'];

export function TagPicker({ chosen, change, keys }: Props) {
  const { t } = useTranslation('inbox');
  const client = useQueryClient();
  const tags = (useQuery(tagsQuery).data ?? []).filter((tag) => tag.scope === 'conversation');
  const make = useMutation({
    mutationFn: (name: string) => {
      const color = COLOURS[tags.length % COLOURS.length] ?? '#1c7d61';
      return ask(api.POST('/api/v1/inbox/tags', { body: { name, color, scope: 'conversation' } }));
    },
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: tagsQuery.queryKey });
      change(retag([id], []));
    },
  });
  const choices = tags.map(({ id, name, color }) => ({
    value: id,
    label: name,
    icon: <span className={classes.dot} style={{ background: color }} />,
    chosen: chosen.includes(id),
  }));
  const pick = (id: string) => change(chosen.includes(id) ? retag([], [id]) : retag([id], []));
  return (
    <Picker
      label={t('do.tag')}
      icon={<IconTag size={16} aria-hidden />}
      find={t('do.findTag')}
      groups={[{ choices }]}
      pick={pick}
      make={{ label: (name) => t('do.makeTag', { name }), run: (name) => make.mutate(name) }}
      several
      command={keys ? { label: t('keys.tag'), section: t('keys.section'), keys } : undefined}
    />
  );
}
