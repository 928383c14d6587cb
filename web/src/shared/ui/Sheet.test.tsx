import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { draw } from '../../../test/draw';
import { Sheet } from './Sheet';

function List() {
  const [opened, open] = useState(false);
  return (
    <>
      <button onClick={() => open(true)}>Ada</button>
      {opened && (
        <Sheet title="About Ada" close={() => open(false)}>
          Engineer
        </Sheet>
      )}
    </>
  );
}

test('the focus goes back to what opened it', async () => {
  draw(<List />);
  const opener = screen.getByRole('button', { name: 'Ada' });
  await userEvent.click(opener);
  await waitFor(() => expect(screen.getByRole('dialog')).toContainElement(focused()));
  await userEvent.click(screen.getByRole('button', { name: 'close' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(opener).toHaveFocus();
});

function focused(): HTMLElement {
  return document.activeElement as HTMLElement;
}
