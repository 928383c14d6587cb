export { differences, isSame, type Difference, type Line } from './merge';
export { useDraft, type Draft } from './useDraft';
