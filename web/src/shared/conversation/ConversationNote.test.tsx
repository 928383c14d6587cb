import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { api } from '@/shared/api/client';
import { draw } from '../../../test/draw';
import { ConversationNote } from './ConversationNote';
import type { Note } from './timeline';

const NOTE = {
  id: 'n',
  author_id: 'me',
  body: 'Ask teh warehouse',
  version: 1,
  created_at: '2026-11-25T10:00:00Z',
  edited_at: null,
} as Note;

test('a note is saved once, and not without words', async () => {
  let answered: (answer: unknown) => void = () => undefined;
  const put = vi.spyOn(api, 'PUT').mockReturnValue(
    new Promise((resolve) => {
      answered = resolve;
    }),
  );
  draw(<ConversationNote note={NOTE} />);
  fireEvent.click(screen.getByRole('button', { name: 'note.more' }));
  fireEvent.click(await screen.findByText('note.edit'));
  const field = await screen.findByRole('textbox');
  expect(field).toHaveFocus();
  const save = () => fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true });
  fireEvent.change(field, { target: { value: '  ' } });
  save();
  expect(put).not.toHaveBeenCalled();
  fireEvent.change(field, { target: { value: 'Ask the warehouse' } });
  save();
  await waitFor(() => expect(put).toHaveBeenCalledOnce());
  save();
  answered({ data: {}, response: new Response() });
  await waitFor(() => expect(screen.getByRole('button', { name: 'note.more' })).toHaveFocus());
  expect(put).toHaveBeenCalledOnce();
});
