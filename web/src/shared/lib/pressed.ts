import type { KeyboardEvent } from 'react';

/** The key that was pressed; nothing while keys put a character together, as in Chinese (IME). */
export function pressed({ key, nativeEvent }: KeyboardEvent): string | undefined {
  return nativeEvent.isComposing ? undefined : key;
}
