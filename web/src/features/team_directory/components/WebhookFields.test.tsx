import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { draw } from '../../../../test/draw';
import { answerWith } from '../../../../test/network';
import { NEW_WEBHOOK } from '../webhooks';
import { WebhookFields } from './WebhookFields';

test('that the types of events could not be had is said where they would stand', async () => {
  answerWith(() => undefined);
  draw(<WebhookFields draft={NEW_WEBHOOK} change={() => undefined} />);
  expect(await screen.findByRole('alert')).toBeVisible();
  expect(screen.getByRole('button', { name: 'tryAgain' })).toBeVisible();
});
