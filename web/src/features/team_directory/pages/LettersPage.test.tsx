import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { draw, signedIn } from '../../../../test/draw';
import { answerWith } from '../../../../test/network';
import { LettersPage } from './LettersPage';

const letter = { id: 'l', type: 'post.changed', code: 'x', detail: '', at: '2026-11-25T10:00:00Z' };

test('a service that is down does not hide what the others could not handle', async () => {
  answerWith(({ url }) => {
    if (url.includes('/inbox/')) return undefined;
    return url.includes('/tickets/dead-letters') ? [letter] : [];
  });
  draw(<LettersPage />, signedIn({ connections: 4 }));
  expect(await screen.findByText('post.changed')).toBeVisible();
  expect(await screen.findByText(/letters.silent/)).toBeVisible();
  expect(screen.queryByText('letters.noEvents')).toBeNull();
});

test('that everything was handled is said only if every service has said so', async () => {
  answerWith(() => []);
  draw(<LettersPage />, signedIn({ connections: 4 }));
  expect(await screen.findByText('letters.noEvents')).toBeVisible();
});
