import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '@/shared/lib/useNow';
import { instantOf, wallOf } from '@/shared/lib/zones';
import { usePlace } from '@/shared/ui/Moment';

interface Props {
  close: () => void;
  choose: (until: Date) => void;
}

const HOUR = 3_600_000;

/** Any moment to come, on the reader's clocks. */
export function SnoozeDialog({ close, choose }: Props) {
  const { t } = useTranslation(['inbox', 'common']);
  const { zone } = usePlace();
  const now = useNow().getTime();
  const [wall, setWall] = useState(() => wallOf(now + HOUR, zone));
  const until = wall ? instantOf(wall, zone).at : undefined;
  const past = until !== undefined && until.getTime() <= now;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!until || past) return;
    choose(until);
    close();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t('do.snooze')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack component="form" gap="md" onSubmit={submit}>
        <TextInput
          type="datetime-local"
          label={t('do.until')}
          description={zone.replaceAll('_', ' ')}
          data-autofocus
          value={wall}
          error={past && t('do.untilPast')}
          onChange={(event) => setWall(event.currentTarget.value)}
        />
        <Button type="submit" disabled={!until || past} style={{ alignSelf: 'flex-end' }}>
          {t('do.snooze')}
        </Button>
      </Stack>
    </Modal>
  );
}
