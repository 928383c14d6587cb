import { IconTicket } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/shared/ui/States';

export function NoTicket() {
  const { t } = useTranslation('ticketing');
  return (
    <Empty icon={IconTicket} title={t('pick.title')}>
      {t('pick.text')}
    </Empty>
  );
}
