const KEY = 'parley.workspace';

/** The workspace of this tab; a new tab begins with the one that was used last. */
export function currentWorkspace(): string | null {
  return sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY);
}

export function chooseWorkspace(id: string): void {
  sessionStorage.setItem(KEY, id);
  localStorage.setItem(KEY, id);
}

export function forgetWorkspace(): void {
  sessionStorage.removeItem(KEY);
  localStorage.removeItem(KEY);
}
