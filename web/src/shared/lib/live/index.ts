export { type Effect, type LiveEvent, type LiveRule } from './effects';
export { useConnected, usePresence, usePresenceBoard, type PresenceState } from './state';
export { useLive } from './useLive';
