import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { answerWith } from '../../../../test/network';
import { draw } from '../../../../test/draw';
import { ContactCard } from './ContactCard';

const CONTACT = {
  identities: [],
  first_seen_at: '2026-11-01T08:00:00Z',
  last_seen_at: '2026-11-02T08:00:00Z',
};

function card(history: unknown) {
  answerWith(({ url }) => (url.includes('/history') ? history : CONTACT));
  draw(<ContactCard className="" id="c" name="Lucía" current="here" />);
}

test('nothing else is known only once that was answered', async () => {
  card({ items: [] });
  await screen.findByText('contact.history');
  expect(screen.queryByText('contact.noHistory')).toBeNull();
  expect(await screen.findByText('contact.noHistory')).toBeInTheDocument();
});

test('a history that could not be had says so, and is asked for again', async () => {
  card(undefined);
  (await screen.findByRole('button', { name: 'tryAgain' })).click();
  expect(screen.queryByText('contact.noHistory')).toBeNull();
});
