import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useReturnFocus } from '@/shared/lib/useReturnFocus';

interface Props {
  title: string;
  close: () => void;
  children: ReactNode;
}

/** The filters, where there is no room for them beside the list. */
export function FilterDrawer({ title, close, children }: Props) {
  const { t } = useTranslation();
  useReturnFocus();
  return (
    <Drawer
      opened
      onClose={close}
      title={title}
      position="bottom"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {children}
    </Drawer>
  );
}
