import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { instantOf } from '@/shared/lib/zones';
import { More } from '@/shared/ui/More';
import { Answer, Empty } from '@/shared/ui/States';
import { spanOf } from '../audit';
import { AuditFilters } from '../components/AuditFilters';
import { AuditRow } from '../components/AuditRow';
import classes from '@/shared/ui/Rows.module.css';
import { Section } from '../components/Section';
import { auditQuery } from '../queries';
import type { AuditSearch } from '../search';

/** Who changed what and when, with what it was before. */
export function AuditPage() {
  const { t } = useTranslation('team_directory');
  const search = useSearch({ from: '/desk/team/audit' });
  return (
    <Section title={t('audit.title')} text={t('audit.text')} part="audit">
      <AuditFilters search={search} />
      <Found search={search} />
    </Section>
  );
}

function Found({ search }: { search: AuditSearch }) {
  const { t } = useTranslation('team_directory');
  const { zone } = useSession();
  const wanted = {
    actor_id: search.who ?? null,
    action: search.what ?? null,
    ...spanOf(search, (day) => instantOf(`${day}T00:00`, zone).at),
  };
  const found = useInfiniteQuery(auditQuery(wanted));
  return (
    <Answer to={found}>
      {({ pages }) => {
        const entries = pages.flatMap((page) => page.items);
        if (entries.length === 0) return <Empty title={t('audit.nothing')} />;
        return (
          <>
            <ul className={classes.rows}>
              {entries.map((entry) => (
                <AuditRow key={entry.id} entry={entry} />
              ))}
            </ul>
            <More of={found} />
          </>
        );
      }}
    </Answer>
  );
}
