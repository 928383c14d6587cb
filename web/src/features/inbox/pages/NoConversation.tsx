import { IconMessages } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/shared/ui/States';

export function NoConversation() {
  const { t } = useTranslation('inbox');
  return (
    <Empty icon={IconMessages} title={t('pick.title')}>
      {t('pick.text')}
    </Empty>
  );
}
