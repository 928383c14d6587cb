import { Badge, Button } from '@mantine/core';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/ui/Moment';
import { Answer, Empty } from '@/shared/ui/States';
import classes from '@/shared/ui/Rows.module.css';
import { Section } from '../components/Section';
import { webhooksQuery } from '../queries';
import { ENDPOINT_COLOURS, endpointCondition, hostOf, type Webhook } from '../webhooks';

/** Where partners are told what happens here. */
export function WebhooksPage() {
  const { t } = useTranslation('team_directory');
  return (
    <Section
      title={t('webhooks.title')}
      text={t('webhooks.text')}
      part="webhooks"
      action={
        <Button
          component={Link}
          to="/team/webhooks/new"
          leftSection={<IconPlus size={17} aria-hidden />}
        >
          {t('webhooks.make')}
        </Button>
      }
    >
      <All />
      <Outlet />
    </Section>
  );
}

function All() {
  const { t } = useTranslation('team_directory');
  const found = useQuery(webhooksQuery);
  return (
    <Answer to={found}>
      {(webhooks) =>
        webhooks.length === 0 ? (
          <Empty icon={IconWebhook} title={t('webhooks.empty')}>
            {t('webhooks.emptyText')}
          </Empty>
        ) : (
          <ul className={classes.rows}>
            {webhooks.map((webhook) => (
              <WebhookRow key={webhook.id} webhook={webhook} />
            ))}
          </ul>
        )
      }
    </Answer>
  );
}

function WebhookRow({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('team_directory');
  const { id, url, description, event_types: types, failing_since: failing } = webhook;
  const condition = endpointCondition(webhook);
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <Link to="/team/webhooks/$webhookId" params={{ webhookId: id }} className={classes.open}>
          {description || hostOf(url)}
        </Link>
        <div className={classes.quiet}>
          {hostOf(url)} · {t('webhooks.count', { count: types.length })}
          {failing && (
            <>
              {' · '}
              {t('webhooks.failingSince')} <Moment at={failing} as="ago" />
            </>
          )}
        </div>
      </div>
      <Badge variant="dot" color={ENDPOINT_COLOURS[condition]} tt="none" fw={550}>
        {t(`webhooks.condition.${condition}`)}
      </Badge>
    </li>
  );
}
