import type { components } from '@/shared/api/schema';
import type { Mode } from './draft';

export type ReplyOption = components['schemas']['ReplyOption'];

export type WritingMode =
  | { mode: 'note'; label: 'note' }
  | { mode: 'public' | 'private'; label: AnswerLabel; option: ReplyOption };
type AnswerLabel = 'public' | 'private' | 'message';

const NOTE: WritingMode = { mode: 'note', label: 'note' };
const ORDER = { public: 0, private: 1, message: 1, note: 2 };
const LABELS: Partial<Record<string, AnswerLabel>> = {
  reply: 'public',
  private_reply: 'private',
  message: 'message',
};

/** Every way to write here: what the network knows at all, and a note, which is always possible. */
export function modesOf(options: readonly ReplyOption[]): WritingMode[] {
  const known = options.flatMap((option): WritingMode[] => {
    const label = LABELS[option.action];
    const unheardOf = option.code === 'not_supported' && options.length > 1;
    if (!label || unheardOf) return [];
    return [{ mode: label === 'public' ? 'public' : 'private', label, option }];
  });
  known.sort((one, other) => ORDER[one.label] - ORDER[other.label]);
  return [...known, NOTE];
}

/** The wanted way, else the first that is possible now, else the first. */
export function chosenMode(modes: readonly WritingMode[], wanted: Mode | undefined): WritingMode {
  const possible = modes.find((each) => each.mode !== 'note' && each.option.allowed);
  return modes.find(({ mode }) => mode === wanted) ?? possible ?? modes[0] ?? NOTE;
}
