import { Button, Group, Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface Props {
  what: 'publish' | 'cancel' | undefined;
  count: number;
  close: () => void;
  go: (what: 'publish' | 'cancel') => void;
}

/** Asks once more before what cannot be taken back. */
export function Certain({ what, count, close, go }: Props) {
  const { t } = useTranslation(['scheduler', 'common']);
  return (
    <Modal
      opened={what !== undefined}
      onClose={close}
      title={what && t(`certain.${what}.title`)}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {what && (
        <>
          <Text size="sm">{t(`certain.${what}.text`, { count })}</Text>
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={close}>
              {t('certain.back')}
            </Button>
            <Button
              color={what === 'cancel' ? 'red' : 'pine'}
              data-autofocus
              onClick={() => {
                close();
                go(what);
              }}
            >
              {t(`certain.${what}.go`)}
            </Button>
          </Group>
        </>
      )}
    </Modal>
  );
}
