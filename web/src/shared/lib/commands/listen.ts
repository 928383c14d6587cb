import { useEffect } from 'react';
import { meaning, type Pending } from './keys';
import { currentCommands } from './store';

const WRITING = 'input, textarea, select, [contenteditable="true"], [role="combobox"]';
const COVERED = '[role="dialog"], [role="menu"], [role="listbox"]';

function isCovered(): boolean {
  return [...document.querySelectorAll(COVERED)].some((each) => each.checkVisibility());
}

/** Runs commands by their keys, everywhere but where people write or something lies on top. */
export function useKeyboard(): void {
  useEffect(() => {
    let pending: Pending | undefined;
    const listen = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : document.body;
      if (event.defaultPrevented || event.isComposing) return;
      const mod = event.ctrlKey || event.metaKey;
      if (!mod && isCovered()) return;
      // Enter and Space belong to the button or link that has the focus.
      if (event.key === 'Enter' && target.closest('button, a')) return;
      const writing = target.closest(WRITING) !== null;
      const press = { key: event.key, mod, alt: event.altKey, writing };
      const meant = meaning(press, currentCommands(), pending, event.timeStamp);
      pending = meant.pending;
      if (!meant.command) return;
      event.preventDefault();
      meant.command.run();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
