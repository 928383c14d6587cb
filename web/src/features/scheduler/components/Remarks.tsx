import { Text } from '@mantine/core';
import { IconAlertCircle, IconInfoCircle } from '@tabler/icons-react';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { profileName, useProfiles, type Remark } from '../queries';
import classes from './Remarks.module.css';

/** The words of a remark in the reader's language where they are known, else the API's. */
export function useRemarkText(): (remark: Pick<Remark, 'code' | 'text' | 'limit'>) => string {
  const { t } = useTranslation('scheduler');
  return ({ code, text, limit }) => {
    if (!i18next.exists(`remark.${code}`, { ns: 'scheduler' })) return text;
    return t(`remark.${code}` as 'remark.too_many', { limit: limit ?? 0 });
  };
}

/** What networks say about the field that this stands below. */
export function Remarks({ remarks, named }: { remarks: readonly Remark[]; named: boolean }) {
  const { of } = useProfiles();
  const say = useRemarkText();
  if (remarks.length === 0) return null;
  return (
    <div role="status" className={classes.remarks}>
      {remarks.map((remark) => {
        const Sign = remark.severity === 'error' ? IconAlertCircle : IconInfoCircle;
        return (
          <Text
            key={`${remark.profile_id} ${remark.field} ${remark.code}`}
            size="xs"
            className={classes.remark}
            c={remark.severity === 'error' ? 'var(--mantine-color-red-text)' : 'clay'}
          >
            <Sign size={14} aria-hidden />
            <span>
              {named && <b>{profileName(of(remark.profile_id))}: </b>}
              {say(remark)}
            </span>
          </Text>
        );
      })}
    </div>
  );
}
