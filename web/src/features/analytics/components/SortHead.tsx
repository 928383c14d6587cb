import { Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './SortHead.module.css';

interface Props {
  label: string;
  /** How the rows are ordered by this column, if they are. */
  sorted: 'ascending' | 'descending' | 'none';
  sort: () => void;
  /** What the numbers below it mean. */
  children?: ReactNode;
}

/** The head of a column by which a table can be sorted; those of numbers say what they mean. */
export function SortHead({ label, sorted, sort, children }: Props) {
  const { t } = useTranslation('analytics');
  const Sign = sorted === 'ascending' ? IconArrowUp : IconArrowDown;
  return (
    <Table.Th className={children ? classes.number : undefined} aria-sort={sorted}>
      <span className={classes.head}>
        <UnstyledButton
          className={classes.sort}
          aria-label={t('table.sort', { name: label })}
          onClick={sort}
        >
          {label}
          {sorted !== 'none' && <Sign size={13} aria-hidden />}
        </UnstyledButton>
        {children}
      </span>
    </Table.Th>
  );
}
