import { Kbd } from '@mantine/core';
import { shownKeys } from '@/shared/lib/commands';

const APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The keys of a command, as they are printed on this keyboard. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span aria-hidden>
      {shownKeys(keys, APPLE).map((key) => (
        <Kbd key={key} size="xs" ml={3}>
          {key}
        </Kbd>
      ))}
    </span>
  );
}
