import { IconInbox, IconPlugConnected } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/shared/ui/States';
import { profilesQuery } from '@/shared/conversation/queries';
import type { InboxSearch } from '../search';

/** Why the list is empty, and what would fill it. */
export function NothingHere({ search }: { search: InboxSearch }) {
  const { t } = useTranslation('inbox');
  const profiles = useQuery(profilesQuery).data;
  if (profiles?.length === 0) {
    return (
      <Empty icon={IconPlugConnected} title={t('list.noProfiles')}>
        {t('list.noProfilesText')}
      </Empty>
    );
  }
  const plain = Object.keys(search).length === 0;
  return (
    <Empty icon={IconInbox} title={t('list.empty')}>
      {plain ? t('list.emptyOpen') : t('list.emptyFilter')}
    </Empty>
  );
}
