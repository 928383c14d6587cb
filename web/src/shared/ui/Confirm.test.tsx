import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { draw } from '../../../test/draw';
import { Confirm } from './Confirm';

function Row() {
  const [asked, ask] = useState(false);
  return (
    <>
      <button onClick={() => ask(true)}>Remove</button>
      {asked && (
        <Confirm title="Ada" action="Yes" run={() => Promise.resolve()} close={() => ask(false)}>
          She is gone for good.
        </Confirm>
      )}
    </>
  );
}

test('the focus goes back to what asked', async () => {
  draw(<Row />);
  const opener = screen.getByRole('button', { name: 'Remove' });
  await userEvent.click(opener);
  await userEvent.click(await screen.findByRole('button', { name: 'cancel' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(opener).toHaveFocus();
});
