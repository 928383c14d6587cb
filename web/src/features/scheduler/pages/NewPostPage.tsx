import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { NoPermission } from '@/shared/ui/States';
import { Composer } from '../components/Composer';
import { PostDrawer } from '../components/PostDrawer';
import { NOTHING } from '../draft';
import { useCalendar } from '../useCalendar';

export function NewPostPage() {
  const { t } = useTranslation('scheduler');
  const { may } = useSession();
  const { at } = useSearch({ from: '/desk/calendar' });
  const { zone } = useCalendar();
  const [start] = useState({ ...NOTHING, when: at ? { wall: at, zone } : null });
  return (
    <PostDrawer title={t('newPost')}>
      {(close) =>
        may('publishing', 'edit') ? <Composer start={start} close={close} /> : <NoPermission />
      }
    </PostDrawer>
  );
}
