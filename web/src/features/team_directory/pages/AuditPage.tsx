import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { instantOf } from '@/shared/lib/zones';
import { Empty, Failed, Loading } from '@/shared/ui/States';
import { spanOf } from '../audit';
import { AuditFilters } from '../components/AuditFilters';
import { AuditRow } from '../components/AuditRow';
import classes from '../components/Rows.module.css';
import { Section } from '../components/Section';
import { auditQuery } from '../queries';
import type { AuditSearch } from '../search';

/** Who changed what and when, with what it was before. */
export function AuditPage() {
  const { t } = useTranslation('team_directory');
  const search = useSearch({ from: '/desk/team/audit' });
  return (
    <Section title={t('audit.title')} text={t('audit.text')} needs={['directory', 'administer']}>
      <AuditFilters search={search} />
      <Found search={search} />
    </Section>
  );
}

function Found({ search }: { search: AuditSearch }) {
  const { t } = useTranslation(['team_directory', 'common']);
  const { zone } = useSession();
  const wanted = {
    actor_id: search.who ?? null,
    action: search.what ?? null,
    ...spanOf(search, (day) => instantOf(`${day}T00:00`, zone).at),
  };
  const { data, error, refetch, ...pages } = useInfiniteQuery(auditQuery(wanted));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const entries = data.pages.flatMap((page) => page.items);
  if (entries.length === 0) return <Empty title={t('audit.nothing')} />;
  return (
    <>
      <ul className={classes.rows}>
        {entries.map((entry) => (
          <AuditRow key={entry.id} entry={entry} />
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t('common:more')}
        </Button>
      )}
    </>
  );
}
