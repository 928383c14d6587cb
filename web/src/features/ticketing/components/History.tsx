import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/ui/Moment';
import { Failed, Loading } from '@/shared/ui/States';
import { historyQuery } from '../queries';
import { useHistoryText } from '../useHistoryText';
import classes from './Details.module.css';

/** Every change of every field, the newest first. */
export function History({ ticketId }: { ticketId: string }) {
  const { t } = useTranslation('ticketing');
  const historyText = useHistoryText();
  const history = useInfiniteQuery(historyQuery(ticketId));
  if (history.error) return <Failed error={history.error} retry={() => void history.refetch()} />;
  if (!history.data) return <Loading />;
  return (
    <>
      <ol className={classes.history}>
        {history.data.pages
          .flatMap((page) => page.items)
          .map((line) => (
            <li key={line.id} className={classes.line}>
              {historyText(line)}{' '}
              <span className={classes.when}>
                <Moment at={line.at} />
              </span>
            </li>
          ))}
      </ol>
      {history.hasNextPage && (
        <Button
          size="xs"
          variant="subtle"
          loading={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          {t('history.older')}
        </Button>
      )}
    </>
  );
}
