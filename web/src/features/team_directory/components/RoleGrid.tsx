import { Checkbox, Fieldset, Radio, SimpleGrid, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { SIGHTS } from '../access';
import { RIGHTS, toggled, type RoleDraft } from '../roles';
import { usePermissionTexts } from '../usePermissionTexts';
import { LevelTable } from './LevelTable';
import { Allowed } from './Allowed';

interface Props {
  draft: RoleDraft;
  /** Without it the role is only shown. */
  change?: (some: Partial<RoleDraft>) => void;
}

/** Modules by levels, the fine rights of the inbox, and how much of it is seen. */
export function RoleGrid({ draft, change }: Props) {
  const { t } = useTranslation('team_directory');
  const { has } = useSession();
  const say = usePermissionTexts();
  return (
    <Stack>
      <LevelTable draft={draft} {...(change && { change })} />
      <Fieldset legend={t('roles.rights')} radius="md">
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="xs">
          {RIGHTS.map((right) => {
            const given = draft.rights.includes(right);
            if (!change) return <Allowed key={right} given={given} words={say.right(right)} />;
            return (
              <Checkbox
                key={right}
                label={say.right(right)}
                checked={given}
                disabled={!has(right) && !given}
                onChange={() => change({ rights: toggled(draft.rights, right) })}
              />
            );
          })}
        </SimpleGrid>
      </Fieldset>
      <Fieldset legend={t('people.sight')} radius="md">
        {change ? (
          <Radio.Group
            aria-label={t('people.sight')}
            value={draft.sight}
            onChange={(sight) => change({ sight })}
          >
            <Stack gap="xs">
              {SIGHTS.map((sight) => (
                <Radio key={sight} value={sight} label={say.sight(sight)} />
              ))}
            </Stack>
          </Radio.Group>
        ) : (
          <Allowed given words={say.sight(draft.sight)} />
        )}
      </Fieldset>
    </Stack>
  );
}
