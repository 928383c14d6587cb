import { Group, Select } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import '@mantine/dates/styles.layer.css';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Dates } from '@/shared/ui/Dates';
import { AUDITED, type AuditSearch } from '../search';
import { useNames } from '../useNames';

/** By whom, about what, and from when to when; each is part of the address. */
export function AuditFilters({ search }: { search: AuditSearch }) {
  const { t } = useTranslation(['team_directory', 'common']);
  const navigate = useNavigate();
  const { choices } = useNames();
  const narrow = (more: AuditSearch) =>
    void navigate({ to: '/team/audit', search: { ...search, ...more }, replace: true });
  const kinds = AUDITED.map((value) => ({ value, label: t(`audit.kind.${value}`) }));
  return (
    <Dates>
      <Group gap="sm" mb="md">
        <Select
          flex="1 1 160px"
          clearable
          searchable
          aria-label={t('audit.anybody')}
          placeholder={t('audit.anybody')}
          data={choices.people}
          value={search.who ?? null}
          onChange={(who) => narrow({ who: who ?? undefined })}
        />
        <Select
          flex="1 1 150px"
          clearable
          aria-label={t('audit.anything')}
          placeholder={t('audit.anything')}
          data={kinds}
          value={search.what ?? null}
          onChange={(what) => narrow({ what: AUDITED.find((each) => each === what) })}
        />
        {(['since', 'until'] as const).map((end) => (
          <DatePickerInput
            key={end}
            flex="1 1 130px"
            clearable
            valueFormat="YYYY-MM-DD"
            aria-label={t(`audit.${end}`)}
            placeholder={t(`audit.${end}`)}
            clearButtonProps={{ 'aria-label': t('common:remove') }}
            value={search[end] ?? null}
            onChange={(day) => narrow({ [end]: day ?? undefined })}
          />
        ))}
      </Group>
    </Dates>
  );
}
