import { Alert, Text, VisuallyHidden } from '@mantine/core';
import { IconArrowRight, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Difference } from '@/shared/lib/draft';
import classes from './Changes.module.css';

/** What changed, line by line: what it was, and what it is now, where it was and is. */
export function Changes({ changes }: { changes: readonly Difference[] }) {
  const { t } = useTranslation();
  return (
    <dl className={classes.list}>
      {changes.map(({ label, before, after }) => (
        <div key={label} className={classes.line}>
          <dt className={classes.label}>{label}</dt>
          <dd className={classes.values}>
            {before !== undefined && <del className={classes.before}>{before}</del>}
            {before !== undefined && after !== undefined && (
              <>
                <IconArrowRight size={14} aria-hidden className={classes.arrow} />
                <VisuallyHidden>{t('changes.becomes')}</VisuallyHidden>
              </>
            )}
            {after !== undefined && <ins className={classes.after}>{after}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Somebody saved while this was being edited: what they changed, and that ours is still here. */
export function ChangedMeanwhile({ changes }: { changes: readonly Difference[] }) {
  const { t } = useTranslation();
  return (
    <Alert
      role="alert"
      color="clay"
      icon={<IconUsers aria-hidden />}
      title={t('changes.meanwhile')}
    >
      <Changes changes={changes} />
      <Text size="sm" mt="xs">
        {t('changes.kept')}
      </Text>
    </Alert>
  );
}
