import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { ProblemError } from '@/shared/api/problem';
import { draw } from '../../../../test/draw';
import { SavedViewDialog } from './SavedViewDialog';

const GIVEN = { name: 'Reviews', shared: true };

test('what was refused stays to be mended', async () => {
  const close = vi.fn();
  const problem = { status: 409, code: 'x', title: '', detail: 'That name is taken.' };
  const save = vi.fn().mockRejectedValueOnce(new ProblemError(problem)).mockResolvedValueOnce({});
  draw(<SavedViewDialog title="Change it" given={GIVEN} close={close} save={save} />);
  expect(screen.getByRole('dialog', { name: 'Change it' })).toBeInTheDocument();
  const field = screen.getByRole<HTMLInputElement>('textbox');
  fireEvent.change(field, { target: { value: 'Stars' } });
  const press = () => fireEvent.click(screen.getByRole('button', { name: 'save' }));
  press();
  expect(await screen.findByRole('alert')).toHaveTextContent('That name is taken.');
  expect(close).not.toHaveBeenCalled();
  expect(field.value).toBe('Stars');
  press();
  await waitFor(() => expect(close).toHaveBeenCalledOnce());
  expect(save).toHaveBeenLastCalledWith({ name: 'Stars', shared: true }, expect.anything());
});
