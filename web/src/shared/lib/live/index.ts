export { type Effect, type LiveEvent, type LiveRule } from './effects';
export { rowPatches } from './rows';
export { useConnected, usePresence, usePresenceBoard, type PresenceState } from './state';
export { useLive } from './useLive';
