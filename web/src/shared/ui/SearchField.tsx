import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';

interface Props {
  id: string;
  label: string;
  placeholder: string;
  clear: string;
  given: string;
  find: (words: string) => void;
}

const PAUSE_MILLISECONDS = 250;

/** Finds while somebody types, once they pause. */
export function SearchField({ id, label, placeholder, clear, given, find }: Props) {
  const [text, setText] = useState(given);
  const findSoon = useDebouncedCallback(find, PAUSE_MILLISECONDS);
  const write = (next: string) => {
    setText(next);
    findSoon(next);
  };
  return (
    <TextInput
      id={id}
      type="search"
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={text && <CloseButton size="sm" aria-label={clear} onClick={() => write('')} />}
      value={text}
      onChange={(event) => write(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
    />
  );
}
