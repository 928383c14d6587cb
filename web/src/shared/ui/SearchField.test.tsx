import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { draw } from '../../../test/draw';
import { SearchField } from './SearchField';

const find = vi.fn();
const field = (given: string) => (
  <SearchField id="x" label="Search" placeholder="" clear="Clear" given={given} find={find} />
);
const box = () => screen.getByRole<HTMLInputElement>('searchbox');
const type = (value: string, isComposing = false) =>
  fireEvent.input(box(), { target: { value }, isComposing });
const pause = () =>
  act(() => {
    vi.advanceTimersByTime(300);
  });

beforeEach(() => {
  vi.useFakeTimers();
  find.mockReset();
});
afterEach(() => vi.useRealTimers());

test('it shows what the list uses, wherever that came from', () => {
  const { rerender } = draw(field(''));
  type('refund');
  pause();
  expect(find).toHaveBeenCalledExactlyOnceWith('refund');
  rerender(field('refund'));
  rerender(field(''));
  expect(box().value).toBe('');
});

test('what is typed while an answer is on its way stays', () => {
  const { rerender } = draw(field(''));
  type('a');
  pause();
  type('ab ');
  pause();
  type('ab c');
  rerender(field('a'));
  rerender(field('ab'));
  expect(box().value).toBe('ab c');
  pause();
  expect(find).toHaveBeenLastCalledWith('ab c');
});

test('words that were not asked for yet do not follow into another view', () => {
  const { rerender } = draw(field('old'));
  type('older');
  rerender(field(''));
  pause();
  expect(box().value).toBe('');
  expect(find).not.toHaveBeenCalled();
});

test('a character that is being put together is neither looked for nor left', () => {
  draw(field(''));
  box().focus();
  fireEvent.compositionStart(box());
  type('ni', true);
  fireEvent.keyDown(box(), { key: 'Escape', isComposing: true });
  pause();
  expect(find).not.toHaveBeenCalled();
  expect(box()).toHaveFocus();
  type('你', true);
  fireEvent.compositionEnd(box());
  pause();
  expect(find).toHaveBeenCalledExactlyOnceWith('你');
  fireEvent.keyDown(box(), { key: 'Escape' });
  expect(box()).not.toHaveFocus();
});
