import { Checkbox, Collapse, MultiSelect, Select, Stack, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { combined, SIGHTS, type Sight } from '../access';
import { useNames } from '../useNames';
import { usePermissionTexts } from '../usePermissionTexts';
import { AccessSummary } from './AccessSummary';

export interface Given {
  role_ids: string[];
  team_ids: string[];
  profile_ids: string[] | null;
  sight: Sight | null;
}

interface Props {
  value: Given;
  change: (some: Partial<Given>) => void;
  readOnly?: boolean;
}

/** Roles, teams and limits, of a member or of somebody who is invited. */
export function AccessFields({ value, change, readOnly = false }: Props) {
  const { t } = useTranslation('team_directory');
  const { choices, roles } = useNames();
  const say = usePermissionTexts();
  const limited = value.profile_ids !== null;
  const sum = combined(roles.filter(({ id }) => value.role_ids.includes(id)));
  const sights = SIGHTS.map((sight) => ({ value: sight, label: say.sight(sight) }));
  return (
    <Stack gap="sm">
      <MultiSelect
        label={t('people.roles')}
        data={choices.roles}
        searchable
        readOnly={readOnly}
        withAsterisk={!readOnly}
        value={value.role_ids}
        onChange={(role_ids) => change({ role_ids })}
      />
      <Summary access={{ ...sum, sight: value.sight ?? sum.sight }} />
      <MultiSelect
        label={t('people.teams')}
        data={choices.teams}
        searchable
        readOnly={readOnly}
        value={value.team_ids}
        onChange={(team_ids) => change({ team_ids })}
      />
      <Checkbox
        label={t('people.limited')}
        disabled={readOnly}
        checked={limited}
        onChange={() => change({ profile_ids: limited ? null : [] })}
      />
      {value.profile_ids && (
        <MultiSelect
          label={t('people.profiles')}
          data={choices.profiles}
          searchable
          readOnly={readOnly}
          value={value.profile_ids}
          onChange={(profile_ids) => change({ profile_ids })}
        />
      )}
      <Select
        label={t('people.sight')}
        data={[{ value: '', label: t('people.sightByRole') }, ...sights]}
        allowDeselect={false}
        readOnly={readOnly}
        value={value.sight ?? ''}
        onChange={(sight) => change({ sight: SIGHTS.find((each) => each === sight) ?? null })}
      />
    </Stack>
  );
}

function Summary({ access }: { access: Parameters<typeof AccessSummary>[0]['access'] }) {
  const { t } = useTranslation('team_directory');
  const [open, { toggle }] = useDisclosure(false);
  const Sign = open ? IconChevronDown : IconChevronRight;
  return (
    <div>
      <UnstyledButton onClick={toggle} aria-expanded={open} fz="sm" c="var(--parley-quiet)">
        <Sign size={14} aria-hidden style={{ verticalAlign: -2 }} /> {t('people.sum')}
      </UnstyledButton>
      <Collapse expanded={open}>
        <AccessSummary access={access} />
      </Collapse>
    </div>
  );
}
