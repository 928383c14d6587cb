import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import type { components } from '@/shared/api/schema';
import { useProblemText } from '@/shared/lib/problemText';
import { notifyDone, notifyProblem } from '@/shared/ui/notify';
import { savedViewsQuery } from './queries';
import type { SavedView } from './savedViews';

type Content = components['schemas']['SavedViewBody'];

const PATH = '/api/v1/inbox/views/{view_id}';

/** Keeping, changing and removing saved views; each says what was done, or why not. */
export function useSavedViews() {
  const { t } = useTranslation('inbox');
  const client = useQueryClient();
  const problemText = useProblemText();
  const common = {
    onError: (error: unknown) => {
      const { title, detail } = problemText(problemOf(error));
      notifyProblem(title, detail);
    },
    onSettled: () => client.invalidateQueries({ queryKey: savedViewsQuery.queryKey }),
  };
  const create = useMutation({
    ...common,
    mutationFn: (body: Content) => ask(api.POST('/api/v1/inbox/views', { body })),
    onSuccess: (_made, { name }) => notifyDone(t('saved.kept', { name })),
  });
  const change = useMutation({
    ...common,
    mutationFn: ({ view, to }: { view: SavedView; to: Partial<Content> }) => {
      const { id, version: expected_version, name, shared, filters } = view;
      const body = { name, shared, filters, ...to, expected_version };
      return ask(api.PUT(PATH, { params: { path: { view_id: id } }, body }));
    },
  });
  const remove = useMutation({
    ...common,
    mutationFn: ({ id }: SavedView) => ask(api.DELETE(PATH, { params: { path: { view_id: id } } })),
    onSuccess: (_done, { name }) => notifyDone(t('saved.removed', { name })),
  });
  return { create, change, remove };
}
