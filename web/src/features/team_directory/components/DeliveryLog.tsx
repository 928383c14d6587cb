import { Badge, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/ui/Moment';
import { More } from '@/shared/ui/More';
import { Answer, Empty } from '@/shared/ui/States';
import { deliveriesQuery } from '../queries';
import { DELIVERY_STATES, readLogSearch } from '../search';
import { answerOf, DELIVERY_COLOURS, type Delivery, type DeliveryState } from '../webhooks';
import classes from '@/shared/ui/Rows.module.css';

interface Props {
  webhookId: string;
  state: DeliveryState | undefined;
}

/** All that an endpoint was told, the newest first. */
export function DeliveryLog({ webhookId, state }: Props) {
  const { t } = useTranslation('team_directory');
  const navigate = useNavigate();
  const found = useInfiniteQuery(deliveriesQuery(webhookId, state));
  const narrow = (chosen: string) =>
    void navigate({
      to: '/team/webhooks/$webhookId',
      params: { webhookId },
      search: readLogSearch({ state: chosen }),
    });
  return (
    <>
      <SegmentedControl
        mb="sm"
        size="xs"
        aria-label={t('webhooks.which')}
        value={state ?? ''}
        data={['' as const, ...DELIVERY_STATES].map((value) => ({
          value,
          label: t(`webhooks.delivery.${value || 'all'}`),
        }))}
        onChange={narrow}
      />
      <Answer to={found}>
        {({ pages }) => {
          const deliveries = pages.flatMap((page) => page.items);
          if (deliveries.length === 0) return <Empty title={t('webhooks.nothing')} order={3} />;
          return (
            <ul className={classes.rows}>
              {deliveries.map((delivery) => (
                <DeliveryRow
                  key={delivery.id}
                  delivery={delivery}
                  webhookId={webhookId}
                  state={state}
                />
              ))}
            </ul>
          );
        }}
      </Answer>
      <More of={found} />
    </>
  );
}

interface RowProps extends Props {
  delivery: Delivery;
}

function DeliveryRow({ delivery, webhookId, state }: RowProps) {
  const { t } = useTranslation('team_directory');
  const answer = answerOf({ status: delivery.last_status, code: delivery.last_code });
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <Link
          to="/team/webhooks/$webhookId"
          params={{ webhookId }}
          search={{ ...(state && { state }), delivery: delivery.id }}
          className={classes.open}
        >
          {delivery.type}
        </Link>
        <div className={classes.quiet}>
          <Moment at={delivery.created_at} as="full" />
          {delivery.tries > 0 && ` · ${t('webhooks.tries', { count: delivery.tries })}`}
          {answer && ` · ${answer}`}
          {delivery.state === 'waiting' && delivery.next_at && (
            <>
              {' · '}
              {t('webhooks.next')} <Moment at={delivery.next_at} as="ago" />
            </>
          )}
        </div>
      </div>
      <Badge variant="dot" color={DELIVERY_COLOURS[delivery.state]} tt="none" fw={550}>
        {t(`webhooks.delivery.${delivery.state}`)}
      </Badge>
    </li>
  );
}
