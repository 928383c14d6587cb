import { Textarea } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { pressed } from '@/shared/lib/pressed';

interface Props {
  id?: string;
  label: string;
  placeholder?: string;
  minRows?: number;
  text: string;
  write: (text: string) => void;
  /** By Ctrl or Cmd and Enter. */
  submit: () => void;
  /** By Escape; without it, the cursor leaves the field. */
  leave?: () => void;
  /** The cursor is put into it as soon as it is there. */
  focused?: boolean;
}

/** Where several lines are written. */
export function WritingField(props: Props) {
  const { label, text, write, submit, leave, focused = false, ...rest } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (focused) field.current?.focus();
  }, [focused]);
  return (
    <Textarea
      {...rest}
      ref={field}
      aria-label={label}
      autosize
      maxRows={10}
      value={text}
      onChange={(event) => write(event.currentTarget.value)}
      onKeyDown={(event) => {
        const key = pressed(event);
        if (key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
        if (key !== 'Escape') return;
        if (leave) leave();
        else event.currentTarget.blur();
      }}
    />
  );
}
