import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { draw, signedIn } from '../../../../test/draw';
import { answerWith } from '../../../../test/network';
import type { Calendar } from '../levels';
import { CalendarForm } from './CalendarForm';

const office: Calendar = {
  id: 'c',
  version: 3,
  name: 'Office',
  zone: 'Europe/Berlin',
  week: [[[540, 1020]], [], [], [], [], [], []],
  holidays: ['2026-12-25'],
};

test('who may not administer tickets reads the hours and cannot change them', () => {
  draw(<CalendarForm calendar={office} close={vi.fn()} />, signedIn({ tickets: 3 }));
  expect(screen.getByDisplayValue('9:00-17:00')).toHaveAttribute('readonly');
  expect(screen.queryByRole('button', { name: 'save' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'remove' })).toBeNull();
});

test('hours that make no sense cannot be saved, and what is saved names its version', async () => {
  const sent: unknown[] = [];
  answerWith((request) => {
    if (request.method !== 'PUT') return [office];
    void request.json().then((body) => sent.push(body));
    return null;
  });
  const close = vi.fn();
  draw(<CalendarForm calendar={office} close={close} />, signedIn({ tickets: 4 }));
  const save = screen.getByRole('button', { name: 'save' });
  const monday = screen.getByDisplayValue('9:00-17:00');
  await userEvent.clear(monday);
  await userEvent.type(monday, '9-12, 11-18');
  expect(screen.getByText('levels.dayWrong')).toBeVisible();
  expect(save).toBeDisabled();
  await userEvent.clear(monday);
  await userEvent.type(monday, '9-12:30, 13:30-18');
  await userEvent.click(save);
  await waitFor(() => expect(close).toHaveBeenCalled());
  expect(sent).toEqual([
    {
      name: 'Office',
      zone: 'Europe/Berlin',
      week: [
        [
          [540, 750],
          [810, 1080],
        ],
        ...office.week.slice(1),
      ],
      holidays: ['2026-12-25'],
      expected_version: 3,
    },
  ]);
});
