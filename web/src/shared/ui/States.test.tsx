import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { draw } from '../../../test/draw';
import { More } from './More';
import { Answer } from './States';

/** Gives one answer after the other; an error is one, too. */
function giver<T>(...answers: (T | Error)[]): () => Promise<T> {
  return () => {
    const next = answers.shift();
    if (next === undefined) return Promise.reject(new Error('That was all.'));
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  };
}

const down = () => new Error('down');

function Form({ ask }: { ask: () => Promise<string> }) {
  const found = useQuery({ queryKey: ['form'], queryFn: ask });
  return <Answer to={found}>{(name) => <input aria-label="Name" defaultValue={name} />}</Answer>;
}

test('what somebody writes stays while asking anew fails', async () => {
  const { client: queries } = draw(<Form ask={giver('Ada', down())} />);
  await userEvent.type(await screen.findByLabelText('Name'), ' Low');
  await queries.invalidateQueries({ queryKey: ['form'] });
  expect(queries.getQueryState(['form'])?.status).toBe('error');
  expect(screen.getByLabelText('Name')).toHaveValue('Ada Low');
  expect(screen.queryByRole('alert')).toBeNull();
});

test('what could not be had says so, and is asked for again', async () => {
  draw(<Form ask={giver<string>(down(), 'Ada')} />);
  expect(await screen.findByRole('alert')).toBeVisible();
  await userEvent.click(screen.getByRole('button'));
  expect(await screen.findByLabelText('Name')).toHaveValue('Ada');
});

test('what is on its way is announced', () => {
  draw(<Form ask={() => new Promise(() => undefined)} />);
  expect(screen.getByRole('status')).toBeVisible();
});

function List({ ask }: { ask: () => Promise<string> }) {
  const found = useInfiniteQuery({
    queryKey: ['list'],
    queryFn: ask,
    initialPageParam: 0,
    getNextPageParam: (_last, pages) => (pages.length < 2 ? pages.length : undefined),
  });
  return (
    <Answer to={found}>
      {({ pages }) => (
        <>
          {pages.join(', ')}
          <More of={found} />
        </>
      )}
    </Answer>
  );
}

test('a list stays while more of it cannot be had, and more can be asked for again', async () => {
  draw(<List ask={giver<string>('first', down(), 'second')} />);
  const more = await screen.findByRole('button', { name: 'more' });
  await userEvent.click(more);
  expect(await screen.findByRole('alert')).toBeVisible();
  expect(screen.getByText(/first/)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'more' }));
  expect(await screen.findByText('first, second')).toBeVisible();
  expect(screen.queryByRole('button')).toBeNull();
});
