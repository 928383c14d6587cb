import { Checkbox, Fieldset, MultiSelect, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { inLanguage } from '@/shared/lib/i18n';
import { Answer } from '@/shared/ui/States';
import { MODULES } from '../apiKey';
import { eventTypesQuery } from '../queries';
import { useNames } from '../useNames';
import type { WebhookDraft } from '../webhooks';

interface Props {
  draft: WebhookDraft;
  change: (some: Partial<WebhookDraft>) => void;
}

/** Where to, about what, and for which profiles. */
export function WebhookFields({ draft, change }: Props) {
  const { t } = useTranslation('team_directory');
  const { choices } = useNames();
  const limited = draft.profile_ids !== null;
  return (
    <Stack>
      <TextInput
        label={t('webhooks.url')}
        description={t('webhooks.urlHint')}
        type="url"
        required
        data-autofocus
        value={draft.url}
        onChange={(event) => change({ url: event.currentTarget.value })}
      />
      <TextInput
        label={t('webhooks.description')}
        description={t('webhooks.descriptionHint')}
        value={draft.description}
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
      <EventTypes draft={draft} change={change} />
      <Checkbox
        label={t('webhooks.limited')}
        checked={limited}
        onChange={() => change({ profile_ids: limited ? null : [] })}
      />
      {draft.profile_ids && (
        <MultiSelect
          label={t('people.profiles')}
          data={choices.profiles}
          searchable
          value={draft.profile_ids}
          onChange={(profile_ids) => change({ profile_ids })}
        />
      )}
    </Stack>
  );
}

function EventTypes({ draft, change }: Props) {
  const { t } = useTranslation('team_directory');
  const found = useQuery(eventTypesQuery);
  const chosen = draft.event_types;
  const toggle = (name: string) => {
    const without = chosen.filter((each) => each !== name);
    const event_types = without.length < chosen.length ? without : [...chosen, name].sort();
    change({ event_types });
  };
  return (
    <Answer to={found}>
      {(types) =>
        MODULES.filter((module) => types.some((type) => type.module === module)).map((module) => (
          <Fieldset key={module} legend={t(`keys.module.${module}`)} radius="md">
            <Stack gap="xs">
              {types
                .filter((type) => type.module === module)
                .map(({ name, about }) => (
                  <Checkbox
                    key={name}
                    label={name}
                    description={inLanguage(about)}
                    checked={chosen.includes(name)}
                    onChange={() => toggle(name)}
                  />
                ))}
            </Stack>
          </Fieldset>
        ))
      }
    </Answer>
  );
}
