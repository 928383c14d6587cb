import { ActionIcon } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { lazy, Suspense, type ComponentProps, type ReactNode } from 'react';
import classes from './ListHead.module.css';
import { SearchField } from './SearchField';

const FilterDrawer = lazy(async () => ({
  default: (await import('./FilterDrawer')).FilterDrawer,
}));

interface Props extends ComponentProps<typeof SearchField> {
  /** All views in one field. */
  views: ReactNode;
  filters: { label: string; shown: ReactNode };
}

/** The search; on narrow screens the views and filters, too. */
export function ListHead({ views, filters: { label, shown }, ...search }: Props) {
  const [opened, drawer] = useDisclosure(false);
  return (
    <div className={classes.head}>
      <SearchField {...search} />
      <div className={classes.narrow}>
        {views}
        <ActionIcon size={36} variant="default" aria-label={label} onClick={drawer.open}>
          <IconAdjustmentsHorizontal size={18} aria-hidden />
        </ActionIcon>
      </div>
      <Suspense>
        {opened && (
          <FilterDrawer title={label} close={drawer.close}>
            {shown}
          </FilterDrawer>
        )}
      </Suspense>
    </div>
  );
}
