import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { pressed } from '@/shared/lib/pressed';

interface Props {
  id: string;
  label: string;
  placeholder: string;
  clear: string;
  given: string;
  find: (words: string) => void;
}

const PAUSE_MILLISECONDS = 250;
const MOST_CHARACTERS = 200;

/** Finds while somebody types, once they pause. */
export function SearchField({ id, label, placeholder, clear, given, find }: Props) {
  const [text, setText] = useState(given);
  const [seen, setSeen] = useState(given);
  // What was asked for from here and has not come back yet: more may have been typed since.
  const [asked, setAsked] = useState<readonly string[]>([]);
  if (given !== seen) {
    const place = asked.lastIndexOf(given);
    setSeen(given);
    setAsked(place < 0 ? [] : asked.slice(place + 1));
    if (place < 0) setText(given);
  }
  const findSoon = useDebouncedCallback((typed: string) => {
    const words = typed.trim();
    if (words === (asked.at(-1) ?? given)) return;
    setAsked([...asked, words]);
    find(words);
  }, PAUSE_MILLISECONDS);
  useEffect(() => {
    if (asked.length === 0 && text === given) findSoon.cancel();
  }, [asked, text, given, findSoon]);
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
      maxLength={MOST_CHARACTERS}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={text && <CloseButton size="sm" aria-label={clear} onClick={() => write('')} />}
      value={text}
      onChange={(event) => {
        const { isComposing } = event.nativeEvent as InputEvent;
        if (isComposing) setText(event.currentTarget.value);
        else write(event.currentTarget.value);
      }}
      onCompositionEnd={(event) => write(event.currentTarget.value)}
      onKeyDown={(event) => pressed(event) === 'Escape' && event.currentTarget.blur()}
    />
  );
}
