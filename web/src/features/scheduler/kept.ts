/** What somebody has written and not saved, kept on this device so that nothing is lost. */

import type { Draft } from './draft';

/** A draft as the API knows it; version 0 is that of a post that does not exist yet. */
export interface Base {
  draft: Draft;
  version: number;
}

export interface Kept {
  draft: Draft;
  /** What it was written upon. */
  base: Base;
}

export class Keeper {
  readonly #key: string;

  constructor(workspace: string, person: string, post: string | undefined) {
    this.#key = `parley.post.${workspace}.${person}.${post ?? 'new'}`;
  }

  read(): Kept | undefined {
    try {
      const said = localStorage.getItem(this.#key);
      return said ? (JSON.parse(said) as Kept) : undefined;
    } catch {
      return undefined; // Written by another version, or storage is not allowed here.
    }
  }

  keep(kept: Kept): void {
    try {
      localStorage.setItem(this.#key, JSON.stringify(kept));
    } catch {
      // Full or not allowed: the page itself still has it.
    }
  }

  forget(): void {
    localStorage.removeItem(this.#key);
  }
}
