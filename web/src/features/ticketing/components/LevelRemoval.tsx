import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '@/shared/ui/Confirm';

interface Props {
  what: 'calendars' | 'policies';
  name: string;
  remove: () => Promise<void>;
}

export function LevelRemoval({ what, name, remove }: Props) {
  const { t } = useTranslation(['ticketing', 'common']);
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
        {t('common:remove')}
      </Button>
      {asking && (
        <Confirm
          title={t('levels.certain', { name })}
          action={t('common:remove')}
          run={remove}
          close={() => setAsking(false)}
        >
          {t(`levels.certainText.${what}`)}
        </Confirm>
      )}
    </>
  );
}
