import { useTranslation } from 'react-i18next';
import { useCommands, type Command } from './commands';
import { neighbour, type Row } from './rows';

interface Walk<R extends Row> {
  /** What the ids of the commands begin with. */
  area: string;
  section: string;
  rows: readonly R[];
  current: string | undefined;
  go: (row: R) => void;
  /** The pane that Enter leads into, and the field that `/` leads into. */
  paneId: string;
  searchId: string;
  more?: readonly Command[];
}

function focus(id: string): void {
  document.getElementById(id)?.focus();
}

/** Walking through a list without a mouse. */
export function useWalk<R extends Row>(walk: Walk<R>): void {
  const { area, section, rows, current, go, paneId, searchId, more = [] } = walk;
  const { t } = useTranslation();
  const step = (by: 1 | -1) => {
    const row = neighbour(rows, current, by);
    if (row) go(row);
  };
  const key = (name: 'next' | 'previous' | 'open' | 'search', keys: string, run: () => void) => ({
    id: `${area}.${name}`,
    label: t(`walk.${name}`),
    section,
    keys,
    keyOnly: name !== 'search',
    run,
  });
  useCommands([
    key('next', 'j', () => step(1)),
    key('previous', 'k', () => step(-1)),
    key('open', 'Enter', () => focus(paneId)),
    key('search', '/', () => focus(searchId)),
    ...more,
  ]);
}
