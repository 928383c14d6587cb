import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { api } from '@/shared/api/client';
import { draw } from '../../../../test/draw';
import { savedCountsQuery } from '../queries';
import { filtersOf, type Filters } from '../savedViews';
import { SavedViewMenu } from './SavedViewMenu';

const ANSWER = { data: {}, response: new Response() };
const remove = vi.spyOn(api, 'DELETE').mockResolvedValue(ANSWER as never);
const replace = vi.spyOn(api, 'PUT').mockResolvedValue(ANSWER);
beforeEach(() => {
  remove.mockClear();
  replace.mockClear();
});

function menu(view: { shared?: boolean; filters?: Filters }) {
  const given = { id: 'v', name: 'Reviews', version: 1, owner_id: 'me', shared: false };
  const whole = { ...given, filters: filtersOf({ kind: ['review'] }), ...view };
  const { client } = draw(<SavedViewMenu view={whole} search={{ kind: ['dm'] }} edit={vi.fn()} />);
  fireEvent.click(screen.getByRole('button'));
  return client;
}
const choose = async (name: string) => fireEvent.click(await screen.findByText(name));
const agree = async (name: string) =>
  fireEvent.click(await screen.findByRole('button', { name, hidden: true }));

test('what everybody sees is removed when that was asked once more', async () => {
  menu({ shared: true });
  await choose('saved.remove');
  expect(await screen.findByText('saved.removesForAll')).toBeInTheDocument();
  expect(remove).not.toHaveBeenCalled();
  await agree('saved.remove');
  await waitFor(() => expect(remove).toHaveBeenCalledOnce());
});

test('what is narrowed by more than is shown is replaced when that was asked once more', async () => {
  menu({ filters: { ...filtersOf({ kind: ['review'] }), network: ['bluesky'] } });
  await choose('saved.replace');
  expect(await screen.findByText('saved.losesFilters')).toBeInTheDocument();
  expect(replace).not.toHaveBeenCalled();
  await agree('saved.replace');
  await waitFor(() => expect(replace).toHaveBeenCalledOnce());
});

test('after a change it is counted anew', async () => {
  const client = menu({});
  client.setQueryData(savedCountsQuery.queryKey, []);
  await choose('saved.replace');
  await waitFor(() => expect(replace).toHaveBeenCalledOnce());
  const { queryKey } = savedCountsQuery;
  await waitFor(() => expect(client.getQueryState(queryKey)?.isInvalidated).toBe(true));
});
