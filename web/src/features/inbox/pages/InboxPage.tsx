import { getRouteApi, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Panes } from '@/shared/ui/Panes';
import { List } from '../components/List';
import { Views } from '../components/Views';
import { SelectionProvider } from '../selection';

const route = getRouteApi('/desk/inbox');

export function InboxPage() {
  const { t } = useTranslation('inbox');
  const search = route.useSearch();
  const { conversationId } = useParams({ strict: false });
  return (
    <SelectionProvider>
      <Panes
        title={t('title')}
        views={{ label: t('views.label'), shown: <Views search={search} /> }}
        list={{
          label: t('list.label'),
          shown: <List search={search} current={conversationId} />,
        }}
        open={conversationId !== undefined}
      />
    </SelectionProvider>
  );
}
