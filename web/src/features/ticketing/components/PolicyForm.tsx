import { MultiSelect, Select, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { useSession } from '@/shared/api/session';
import { profilesQuery } from '@/shared/conversation/queries';
import { useDraft, type Line } from '@/shared/lib/draft';
import { PRIORITIES } from '@/shared/lib/priorities';
import { notifyDone } from '@/shared/ui/notify';
import {
  CONFLICT,
  goalOf,
  newPolicy,
  policyBody,
  policyDraft,
  TARGETS,
  type Calendar,
  type Policy,
  type PolicyDraft,
} from '../levels';
import { policiesQuery } from '../queries';
import { GoalTable } from './GoalTable';
import { LevelForm } from './LevelForm';

interface Props {
  /** Without one it is new. */
  policy?: Policy | undefined;
  calendars: readonly Calendar[];
  close: () => void;
}

/** What is promised to whom, and by which hours it is counted. */
export function PolicyForm({ policy, calendars, close }: Props) {
  const { t } = useTranslation(['ticketing', 'common']);
  const client = useQueryClient();
  const { may } = useSession();
  const profiles = useProfileChoices();
  const lines = useLines(calendars, profiles);
  const readOnly = !may('tickets', 'administer');
  const fresh = newPolicy(calendars[0]?.id ?? '');
  const edit = useDraft(policy ? policyDraft(policy) : fresh, {
    conflict: CONFLICT,
    fetch: async () => {
      const all = await client.query({ ...policiesQuery, staleTime: 0 });
      const theirs = all.find(({ id }) => id === policy?.id);
      return theirs ? policyDraft(theirs) : fresh;
    },
    save: (draft, base) => savePolicy(policy?.id, draft, base),
    saved: async () => {
      await client.invalidateQueries({ queryKey: policiesQuery.queryKey });
      notifyDone(t('common:saved'));
      close();
    },
  });
  const { draft, change } = edit;
  const remove = async (policy_id: string) => {
    const params = { path: { policy_id } };
    await ask(api.DELETE('/api/v1/tickets/policies/{policy_id}', { params }));
    close();
    await client.invalidateQueries({ queryKey: policiesQuery.queryKey });
  };
  return (
    <LevelForm
      what="policies"
      edit={edit}
      complete={policyBody(draft) !== undefined}
      lines={lines}
      close={close}
      remove={policy && (() => remove(policy.id))}
    >
      <Select
        label={t('levels.hours')}
        allowDeselect={false}
        readOnly={readOnly}
        data={calendars.map(({ id, name }) => ({ value: id, label: name }))}
        value={draft.calendar_id}
        onChange={(id) => change({ calendar_id: id ?? draft.calendar_id })}
      />
      <MultiSelect
        label={t('levels.profiles')}
        description={t('levels.profilesHint')}
        readOnly={readOnly}
        searchable
        data={profiles}
        value={draft.profile_ids}
        onChange={(ids) => change({ profile_ids: [...ids].sort() })}
      />
      <Stack gap={4}>
        <Text size="sm" fw={600}>
          {t('levels.times')}
        </Text>
        <Text size="xs" c="dimmed">
          {t('levels.timesHint')}
        </Text>
        <GoalTable draft={draft} change={change} readOnly={readOnly} />
      </Stack>
    </LevelForm>
  );
}

interface Choice {
  value: string;
  label: string;
}

function useProfileChoices(): Choice[] {
  const { may } = useSession();
  const known = useQuery({ ...profilesQuery, enabled: may('inbox', 'view') }).data ?? [];
  return known.map(({ id, handle }) => ({ value: id, label: `@${handle}` }));
}

function useLines(calendars: readonly Calendar[], profiles: readonly Choice[]) {
  const { t } = useTranslation(['ticketing', 'common']);
  const profileName = (id: string) => profiles.find(({ value }) => value === id)?.label ?? id;
  return (draft: PolicyDraft): Line[] => [
    { label: t('levels.name'), value: draft.name },
    {
      label: t('levels.hours'),
      value: calendars.find(({ id }) => id === draft.calendar_id)?.name ?? t('levels.none'),
    },
    {
      label: t('levels.profiles'),
      value: draft.profile_ids.map(profileName).join(', ') || t('levels.others'),
    },
    ...PRIORITIES.flatMap((priority) =>
      TARGETS.map((target) => {
        const goal = goalOf(priority, target);
        const time = draft.times[goal].trim();
        return {
          label: `${t(`common:priority.${priority}`)}: ${t(`clock.target.${target}`)}`,
          value: time
            ? `${time} (${t(`levels.measure.${draft.measures[goal]}`)})`
            : t('clock.unpromised'),
        };
      }),
    ),
  ];
}

async function savePolicy(id: string | undefined, draft: PolicyDraft, base: PolicyDraft) {
  const body = policyBody(draft);
  if (!body) return;
  if (!id) {
    await ask(api.POST('/api/v1/tickets/policies', { body }));
    return;
  }
  const params = { path: { policy_id: id } };
  await ask(
    api.PUT('/api/v1/tickets/policies/{policy_id}', {
      params,
      body: { ...body, expected_version: base.version },
    }),
  );
}
