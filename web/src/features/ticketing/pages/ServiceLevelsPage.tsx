import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { sayWeekday } from '@/shared/lib/time';
import { usePlace } from '@/shared/ui/Moment';
import rows from '@/shared/ui/Rows.module.css';
import { Section } from '@/shared/ui/Section';
import { Sheet } from '@/shared/ui/Sheet';
import { Answer, Empty } from '@/shared/ui/States';
import { CalendarForm } from '../components/CalendarForm';
import { PolicyForm } from '../components/PolicyForm';
import { rangeOf, stretchesOf, TARGETS, type Calendar, type Policy } from '../levels';
import { calendarsQuery, policiesQuery } from '../queries';

const NEW = 'new';

/** What is promised to customers, and by which hours. */
export function ServiceLevelsPage() {
  const { t } = useTranslation('ticketing');
  const allowed = useSession().may('tickets', 'view');
  return (
    <Section title={t('levels.title')} text={t('levels.text')} allowed={allowed}>
      <Both />
    </Section>
  );
}

function Both() {
  const calendars = useQuery(calendarsQuery);
  const policies = useQuery(policiesQuery);
  return (
    <Answer to={calendars}>
      {(hours) => (
        <Answer to={policies}>
          {(promises) => <Lists calendars={hours} policies={promises} />}
        </Answer>
      )}
    </Answer>
  );
}

interface Levels {
  calendars: readonly Calendar[];
  policies: readonly Policy[];
}

function Lists({ calendars, policies }: Levels) {
  const { t } = useTranslation('ticketing');
  const hasHours = calendars.length > 0;
  return (
    <Stack gap="xl">
      <List
        title={t('levels.policies')}
        what="policy"
        empty={t(hasHours ? 'levels.noPolicies' : 'levels.hoursFirst')}
        possible={hasHours}
      >
        {policies.map((policy) => (
          <PolicyRow key={policy.id} policy={policy} calendars={calendars} />
        ))}
      </List>
      <List title={t('levels.calendars')} what="calendar" empty={t('levels.noCalendars')} possible>
        {calendars.map((calendar) => (
          <CalendarRow key={calendar.id} calendar={calendar} />
        ))}
      </List>
      <Opened calendars={calendars} policies={policies} />
    </Stack>
  );
}

interface ListProps {
  title: string;
  what: 'policy' | 'calendar';
  empty: string;
  /** Whether there is what a new one needs. */
  possible: boolean;
  children: ReactNode[];
}

function List({ title, what, empty, possible, children }: ListProps) {
  const { t } = useTranslation('ticketing');
  const { may } = useSession();
  return (
    <section aria-label={title}>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        {possible && may('tickets', 'administer') && (
          <Button
            size="xs"
            leftSection={<IconPlus size={15} aria-hidden />}
            renderRoot={(props) => (
              <Link
                to="/team/service-levels"
                search={what === 'policy' ? { policy: NEW } : { calendar: NEW }}
                {...props}
              />
            )}
          >
            {t(`levels.make.${what}`)}
          </Button>
        )}
      </Group>
      {children.length > 0 ? (
        <ul className={rows.rows}>{children}</ul>
      ) : (
        <Text c="dimmed" size="sm">
          {empty}
        </Text>
      )}
    </section>
  );
}

function PolicyRow({ policy, calendars }: { policy: Policy } & Pick<Levels, 'calendars'>) {
  const { t } = useTranslation('ticketing');
  const { id, name, profile_ids: profiles, calendar_id: hours } = policy;
  const times = TARGETS.flatMap((target) => {
    const range = rangeOf(policy, target);
    return range ? [`${t(`clock.target.${target}`)} ${range}`] : [];
  });
  const whom =
    profiles.length > 0 ? t('levels.some', { count: profiles.length }) : t('levels.others');
  return (
    <li className={rows.row}>
      <div className={rows.main}>
        <Link to="/team/service-levels" search={{ policy: id }} className={rows.open}>
          {name}
        </Link>
        <div className={rows.quiet}>{times.join(' · ') || t('clock.unpromised')}</div>
      </div>
      <div className={`${rows.aside} ${rows.quiet}`}>
        {whom} · {calendars.find((each) => each.id === hours)?.name}
      </div>
    </li>
  );
}

function CalendarRow({ calendar }: { calendar: Calendar }) {
  const { t } = useTranslation('ticketing');
  const { locale } = usePlace();
  const { id, name, zone, week, holidays } = calendar;
  const day = (at: number) => sayWeekday(at + 1, locale, 'short');
  const open = stretchesOf(week).map(({ first, last, hours }) =>
    first === last ? `${day(first)} ${hours}` : `${day(first)}–${day(last)} ${hours}`,
  );
  return (
    <li className={rows.row}>
      <div className={rows.main}>
        <Link to="/team/service-levels" search={{ calendar: id }} className={rows.open}>
          {name}
        </Link>
        <div className={rows.quiet}>{open.join(' · ')}</div>
      </div>
      <div className={`${rows.aside} ${rows.quiet}`}>
        {zone.replaceAll('_', ' ')}
        {holidays.length > 0 && <> · {t('levels.daysOff', { count: holidays.length })}</>}
      </div>
    </li>
  );
}

/** What the address says is open. */
function Opened({ calendars, policies }: Levels) {
  const navigate = useNavigate();
  const { calendar, policy } = useSearch({ from: '/desk/team/service-levels' });
  const close = () => void navigate({ to: '/team/service-levels', search: {} });
  if (calendar) {
    const found = calendars.find(({ id }) => id === calendar);
    return (
      <One opened={calendar} found={found} make="calendar" close={close}>
        <CalendarForm key={calendar} calendar={found} close={close} />
      </One>
    );
  }
  if (!policy) return null;
  const found = policies.find(({ id }) => id === policy);
  return (
    <One opened={policy} found={found} make="policy" close={close}>
      <PolicyForm key={policy} policy={found} calendars={calendars} close={close} />
    </One>
  );
}

interface OneProps {
  opened: string;
  found: { name: string } | undefined;
  make: 'policy' | 'calendar';
  close: () => void;
  children: ReactNode;
}

function One({ opened, found, make, close, children }: OneProps) {
  const { t } = useTranslation('ticketing');
  const isNew = opened === NEW;
  const title = found?.name ?? t(isNew ? `levels.make.${make}` : 'levels.title');
  return (
    <Sheet title={title} close={close} width={600}>
      {found || isNew ? children : <Empty title={t('levels.gone')} />}
    </Sheet>
  );
}
