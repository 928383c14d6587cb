import { Button, Group, MultiSelect, Select, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { teamsQuery, type Team } from '@/shared/api/directory';
import { useSession } from '@/shared/api/session';
import { useDraft, type Line } from '@/shared/lib/draft';
import { Confirm } from '@/shared/ui/Confirm';
import { notifyDone } from '@/shared/ui/notify';
import { useNames } from '../useNames';
import { DraftState } from '@/shared/ui/DraftState';

interface Props {
  /** Without an id it is a new one. */
  team: Team;
  close: () => void;
}

function useTeamLines(): (team: Team) => Line[] {
  const { t } = useTranslation('team_directory');
  const { listOf } = useNames();
  return ({ name, lead_id: lead, member_ids: members }) => [
    { label: t('people.name'), value: name },
    { label: t('teams.members'), value: listOf('people', members) },
    { label: t('teams.lead'), value: listOf('people', lead ? [lead] : []) },
  ];
}

export function TeamForm({ team, close }: Props) {
  const { t } = useTranslation(['team_directory', 'common']);
  const client = useQueryClient();
  const { may } = useSession();
  const { choices } = useNames();
  const lines = useTeamLines();
  const refresh = () => client.invalidateQueries({ queryKey: teamsQuery.queryKey });
  const edit = useDraft(team, {
    conflict: 'directory.changed_meanwhile',
    fetch: async () => {
      const teams = await client.query({ ...teamsQuery, staleTime: 0 });
      return teams.find(({ id }) => id === team.id) ?? team;
    },
    save: saveTeam,
    saved: async () => {
      await refresh();
      notifyDone(t('common:saved'));
      close();
    },
  });
  const { draft, change } = edit;
  const readOnly = !may('directory', 'edit');
  const inside = choices.people.filter(({ value }) => draft.member_ids.includes(value));
  const setMembers = (member_ids: string[]) => {
    const stays = draft.lead_id && member_ids.includes(draft.lead_id);
    change({ member_ids, lead_id: stays ? draft.lead_id : null });
  };
  return (
    <Stack>
      <TextInput
        label={t('people.name')}
        required
        readOnly={readOnly}
        data-autofocus
        value={draft.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <MultiSelect
        label={t('teams.members')}
        data={choices.people}
        searchable
        readOnly={readOnly}
        value={draft.member_ids}
        onChange={setMembers}
      />
      <Select
        label={t('teams.lead')}
        data={inside}
        clearable
        readOnly={readOnly}
        value={draft.lead_id}
        onChange={(lead_id) => change({ lead_id })}
      />
      <DraftState edit={edit} lines={lines} />
      {!readOnly && (
        <Group>
          {team.id && <Removal team={team} close={close} refresh={refresh} />}
          <Button variant="default" ml="auto" onClick={close}>
            {t('common:cancel')}
          </Button>
          <Button
            disabled={!edit.changed || !draft.name.trim()}
            loading={edit.saving}
            onClick={edit.save}
          >
            {t('common:save')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function saveTeam({ id, name, lead_id, member_ids }: Team, { version }: Team) {
  const body = { name, lead_id, member_ids };
  if (!id) return ask(api.POST('/api/v1/team/teams', { body }));
  const params = { path: { team_id: id } };
  return ask(api.PUT('/api/v1/team/teams/{team_id}', { params, body: { ...body, version } }));
}

interface RemovalProps extends Props {
  refresh: () => Promise<void>;
}

function Removal({ team, close, refresh }: RemovalProps) {
  const { t } = useTranslation(['team_directory', 'common']);
  const [asking, setAsking] = useState(false);
  const remove = async () => {
    await ask(
      api.DELETE('/api/v1/team/teams/{team_id}', { params: { path: { team_id: team.id } } }),
    );
    close();
    await refresh();
  };
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
        {t('common:remove')}
      </Button>
      {asking && (
        <Confirm
          title={t('teams.certain', { name: team.name })}
          action={t('common:remove')}
          run={remove}
          close={() => setAsking(false)}
        >
          {t('teams.certainText')}
        </Confirm>
      )}
    </>
  );
}
