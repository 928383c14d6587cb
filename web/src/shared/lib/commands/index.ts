export { shownKeys } from './keys';
export { useKeyboard } from './listen';
export { useAllCommands, useCommands, type Command } from './store';
