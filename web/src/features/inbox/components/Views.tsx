import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ViewLink } from '@/shared/ui/ViewLink';
import classes from '@/shared/ui/Views.module.css';
import { countsQuery } from '../queries';
import { VIEWS, type InboxSearch } from '../search';
import { FilterPanel } from './FilterPanel';
import { SavedViews } from './SavedViews';

/** The views with how much is in each, within the filters that are set; then the saved ones. */
export function Views({ search }: { search: InboxSearch }) {
  const { t } = useTranslation('inbox');
  const counts = useQuery(countsQuery(search)).data;
  const { view: current, ...rest } = search;
  return (
    <>
      <nav className={classes.views} aria-label={t('views.label')}>
        {VIEWS.map((view) => (
          <ViewLink
            key={view}
            to="/inbox"
            name={t(`views.${view}`)}
            search={view === 'open' ? rest : { ...rest, view }}
            current={(current ?? 'open') === view}
            count={counts?.[view]}
          />
        ))}
      </nav>
      <SavedViews search={search} />
      <FilterPanel search={search} />
    </>
  );
}
