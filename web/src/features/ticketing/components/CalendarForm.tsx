import { Fieldset, Text, TextInput } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import '@mantine/dates/styles.layer.css';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { useSession } from '@/shared/api/session';
import { useDraft } from '@/shared/lib/draft';
import { sayWeekday } from '@/shared/lib/time';
import { usePlace } from '@/shared/ui/Moment';
import { notifyDone } from '@/shared/ui/notify';
import { Dates } from '@/shared/ui/Dates';
import { ZoneSelect } from '@/shared/ui/ZoneSelect';
import {
  calendarBody,
  calendarDraft,
  CONFLICT,
  newCalendar,
  readDay,
  WEEKDAYS,
  type Calendar,
  type CalendarDraft,
} from '../levels';
import { calendarsQuery } from '../queries';
import classes from './CalendarForm.module.css';
import { LevelForm } from './LevelForm';

interface Props {
  /** Without one it is new. */
  calendar?: Calendar | undefined;
  close: () => void;
}

/** When the clocks of tickets run: the hours of a week, and the days off. */
export function CalendarForm({ calendar, close }: Props) {
  const { t } = useTranslation(['ticketing', 'common']);
  const client = useQueryClient();
  const { zone, may } = useSession();
  const lines = useLines();
  const readOnly = !may('tickets', 'administer');
  const edit = useDraft(calendar ? calendarDraft(calendar) : newCalendar(zone), {
    conflict: CONFLICT,
    fetch: async () => {
      const all = await client.query({ ...calendarsQuery, staleTime: 0 });
      const theirs = all.find(({ id }) => id === calendar?.id);
      return theirs ? calendarDraft(theirs) : newCalendar(zone);
    },
    save: (draft, base) => saveCalendar(calendar?.id, draft, base),
    saved: async () => {
      await client.invalidateQueries({ queryKey: calendarsQuery.queryKey });
      notifyDone(t('common:saved'));
      close();
    },
  });
  const { draft, change } = edit;
  const remove = async (calendar_id: string) => {
    const params = { path: { calendar_id } };
    await ask(api.DELETE('/api/v1/tickets/calendars/{calendar_id}', { params }));
    close();
    await client.invalidateQueries({ queryKey: calendarsQuery.queryKey });
  };
  return (
    <LevelForm
      what="calendars"
      edit={edit}
      complete={calendarBody(draft) !== undefined}
      lines={lines}
      close={close}
      remove={calendar && (() => remove(calendar.id))}
    >
      <ZoneSelect
        label={t('levels.zone')}
        readOnly={readOnly}
        value={draft.zone}
        onChange={(chosen) => change({ zone: chosen ?? draft.zone })}
      />
      <Week week={draft.week} change={(week) => change({ week })} readOnly={readOnly} />
      <Dates>
        <DatePickerInput
          type="multiple"
          label={t('levels.holidays')}
          description={t('levels.holidaysHint')}
          placeholder={t('levels.none')}
          valueFormat="YYYY-MM-DD"
          readOnly={readOnly}
          value={draft.holidays}
          onChange={(holidays) => change({ holidays: [...holidays].sort() })}
        />
      </Dates>
    </LevelForm>
  );
}

interface WeekProps {
  week: readonly string[];
  change: (week: string[]) => void;
  readOnly: boolean;
}

function Week({ week, change, readOnly }: WeekProps) {
  const { t } = useTranslation('ticketing');
  const { locale } = usePlace();
  return (
    <Fieldset legend={t('levels.hours')} radius="md">
      {!readOnly && (
        <Text size="sm" c="dimmed" mb="xs">
          {t('levels.hoursHint')}
        </Text>
      )}
      {WEEKDAYS.map((day) => (
        <TextInput
          key={day}
          classNames={{ root: classes.day ?? '', label: classes.name ?? '' }}
          label={sayWeekday(day + 1, locale, 'long')}
          placeholder={t('levels.closed')}
          readOnly={readOnly}
          value={week[day] ?? ''}
          error={readDay(week[day] ?? '') ? undefined : t('levels.dayWrong')}
          onChange={({ currentTarget: { value } }) =>
            change(week.map((hours, at) => (at === day ? value : hours)))
          }
        />
      ))}
    </Fieldset>
  );
}

function useLines() {
  const { t } = useTranslation('ticketing');
  const { locale } = usePlace();
  return (draft: CalendarDraft) => [
    { label: t('levels.name'), value: draft.name },
    { label: t('levels.zone'), value: draft.zone },
    ...WEEKDAYS.map((day) => ({
      label: sayWeekday(day + 1, locale, 'long'),
      value: draft.week[day]?.trim() ? draft.week[day] : t('levels.closed'),
    })),
    { label: t('levels.holidays'), value: draft.holidays.join(', ') || t('levels.none') },
  ];
}

async function saveCalendar(id: string | undefined, draft: CalendarDraft, base: CalendarDraft) {
  const body = calendarBody(draft);
  if (!body) return;
  if (!id) {
    await ask(api.POST('/api/v1/tickets/calendars', { body }));
    return;
  }
  const params = { path: { calendar_id: id } };
  await ask(
    api.PUT('/api/v1/tickets/calendars/{calendar_id}', {
      params,
      body: { ...body, expected_version: base.version },
    }),
  );
}
