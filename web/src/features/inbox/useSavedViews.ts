import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';
import { notifyDone } from '@/shared/ui/notify';
import { savedCountsQuery, savedViewsQuery } from './queries';
import type { SavedView } from './savedViews';

type Content = components['schemas']['SavedViewBody'];

const PATH = '/api/v1/inbox/views/{view_id}';

/** Keeping, changing and removing saved views; each says what was done. */
export function useSavedViews() {
  const { t } = useTranslation('inbox');
  const client = useQueryClient();
  const onSettled = () => {
    void client.invalidateQueries({ queryKey: savedViewsQuery.queryKey });
    void client.invalidateQueries({ queryKey: savedCountsQuery.queryKey });
  };
  const create = useMutation({
    onSettled,
    mutationFn: (body: Content) => ask(api.POST('/api/v1/inbox/views', { body })),
    onSuccess: (_made, { name }) => notifyDone(t('saved.kept', { name })),
  });
  const change = useMutation({
    onSettled,
    mutationFn: ({ view, to }: { view: SavedView; to: Partial<Content> }) => {
      const { id, version: expected_version, name, shared, filters } = view;
      const body = { name, shared, filters, ...to, expected_version };
      return ask(api.PUT(PATH, { params: { path: { view_id: id } }, body }));
    },
    onSuccess: (_changed, { view, to }) => {
      notifyDone(t('saved.changed', { name: to.name ?? view.name }));
    },
  });
  const remove = useMutation({
    onSettled,
    mutationFn: ({ id }: SavedView) => ask(api.DELETE(PATH, { params: { path: { view_id: id } } })),
    onSuccess: (_done, { name }) => notifyDone(t('saved.removed', { name })),
  });
  return { create, change, remove };
}
