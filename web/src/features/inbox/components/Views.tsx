import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { countsQuery } from '../queries';
import { VIEWS, type InboxSearch } from '../search';
import { FilterPanel } from './FilterPanel';
import classes from './Views.module.css';

interface Props {
  className: string | undefined;
  search: InboxSearch;
}

/** The views with how much is in each, within the filters that are set. */
export function Views({ className, search }: Props) {
  const { t } = useTranslation('inbox');
  const counts = useQuery(countsQuery(search)).data;
  return (
    <aside className={className} aria-label={t('views.label')}>
      <nav className={classes.views} aria-label={t('views.label')}>
        {VIEWS.map((view) => {
          const count = counts?.[view];
          const current = (search.view ?? 'open') === view;
          const { view: _left, ...rest } = search;
          return (
            <Link
              key={view}
              to="/inbox"
              search={view === 'open' ? rest : { ...rest, view }}
              className={classes.view}
              activeProps={{}}
              aria-current={current ? 'page' : undefined}
            >
              <span>{t(`views.${view}`)}</span>
              <span className={classes.count}>
                {count && `${count.count}${count.more ? '+' : ''}`}
              </span>
            </Link>
          );
        })}
      </nav>
      <FilterPanel search={search} />
    </aside>
  );
}
