import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { countsQuery } from '../queries';
import { VIEWS, type InboxSearch } from '../search';
import { FilterPanel } from './FilterPanel';
import { SavedViews } from './SavedViews';
import { ViewLink } from './ViewLink';
import classes from '@/shared/ui/Views.module.css';

interface Props {
  className: string | undefined;
  search: InboxSearch;
}

/** The views with how much is in each, within the filters that are set; then the saved ones. */
export function Views({ className, search }: Props) {
  const { t } = useTranslation('inbox');
  const counts = useQuery(countsQuery(search)).data;
  const { view: current, ...rest } = search;
  return (
    <aside className={className} aria-label={t('views.label')}>
      <nav className={classes.views} aria-label={t('views.label')}>
        {VIEWS.map((view) => (
          <ViewLink
            key={view}
            name={t(`views.${view}`)}
            search={view === 'open' ? rest : { ...rest, view }}
            current={(current ?? 'open') === view}
            count={counts?.[view]}
          />
        ))}
      </nav>
      <SavedViews search={search} />
      <FilterPanel search={search} />
    </aside>
  );
}
