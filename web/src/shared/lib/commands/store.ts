/** Everything that can be done from the keyboard: one entry is a key, a line of help and a command. */

import { useEffect, useRef, useSyncExternalStore } from 'react';

export interface Command {
  id: string;
  label: string;
  /** The heading under which the palette and the help list it. */
  section: string;
  /** `j`, `mod+k`, or keys one after the other: `g i`. */
  keys?: string;
  run: () => void;
  /** Only a key and a line of help: it makes no sense from the palette. */
  keyOnly?: boolean;
}

let sets: readonly (readonly Command[])[] = [];
let all: readonly Command[] = [];
const listeners = new Set<() => void>();

function change(next: readonly (readonly Command[])[]): void {
  sets = next;
  const byId = new Map(next.flat().map((command) => [command.id, command]));
  all = [...byId.values()];
  listeners.forEach((listener) => listener());
}

export function registerCommands(commands: readonly Command[]): () => void {
  change([...sets, commands]);
  return () => change(sets.filter((each) => each !== commands));
}

export function currentCommands(): readonly Command[] {
  return all;
}

export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(subscribe, currentCommands);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Offers commands while the component is there; they always run as of the newest drawing. */
export function useCommands(commands: readonly Command[]): void {
  const newest = useRef(commands);
  useEffect(() => {
    newest.current = commands;
  });
  const shape = JSON.stringify(commands.map(({ run: _run, ...said }) => said));
  useEffect(() => {
    const said = JSON.parse(shape) as Omit<Command, 'run'>[];
    return registerCommands(
      said.map((each) => ({
        ...each,
        run: () => newest.current.find((command) => command.id === each.id)?.run(),
      })),
    );
  }, [shape]);
}
