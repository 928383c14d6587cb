import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { draw } from '../../../test/draw';
import { WritingField } from './WritingField';

const submit = vi.fn();
const field = (more: { focused?: boolean; leave?: () => void } = {}) => {
  draw(<WritingField label="Note" text="x" write={vi.fn()} submit={submit} {...more} />);
  return screen.getByRole('textbox');
};

test('keys that put a character together neither send nor leave', () => {
  const leave = vi.fn();
  const box = field({ leave });
  fireEvent.keyDown(box, { key: 'Enter', ctrlKey: true, isComposing: true });
  fireEvent.keyDown(box, { key: 'Escape', isComposing: true });
  expect(submit).not.toHaveBeenCalled();
  expect(leave).not.toHaveBeenCalled();
  fireEvent.keyDown(box, { key: 'Enter', ctrlKey: true });
  fireEvent.keyDown(box, { key: 'Escape' });
  expect(submit).toHaveBeenCalledOnce();
  expect(leave).toHaveBeenCalledOnce();
});

test('the cursor is in it at once where that is wanted, and leaves it by Escape', () => {
  const box = field({ focused: true });
  expect(box).toHaveFocus();
  fireEvent.keyDown(box, { key: 'Escape' });
  expect(box).not.toHaveFocus();
});
