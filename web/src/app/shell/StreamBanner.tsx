import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useConnected } from '@/shared/lib/live';
import classes from './StreamBanner.module.css';

/** Says that what is shown may be old, for as long as that is so. */
export function StreamBanner() {
  const { t } = useTranslation();
  const connected = useConnected();
  return (
    <div role="status" aria-live="polite">
      {!connected && (
        <div className={classes.banner}>
          <Loader size={14} color="currentColor" aria-hidden />
          {t('stream.cut')}
        </div>
      )}
    </div>
  );
}
